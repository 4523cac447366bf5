package io.mnemosyne.core.reflect;

import java.time.Instant;
import java.util.List;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.ThreadKey;

/**
 * Asks a worker to write one denser segment for several old ones, and the project state as of them.
 *
 * @param requestId 32 hex digits, from thread, incarnation and the ids of the segments; a retry keeps it
 * @param attempt from 1
 * @param leaseUntil after this the topology takes the request for lost
 * @param targetTokens the answer must be smaller than this
 * @param segments oldest first, contiguous
 * @param previous the project state to merge into
 */
public record ReflectionRequest(String requestId, ThreadKey thread, long incarnation, int attempt, Instant leaseUntil,
        long targetTokens, List<Segment> segments, ProjectState previous)
        implements
            ModelRequest {
    public ReflectionRequest {
        segments = List.copyOf(segments);
    }
}
