package io.mnemosyne.core.reflect;

import java.time.Instant;
import java.util.List;

import io.mnemosyne.core.Segment;

/**
 * A request without the texts that it carries.
 *
 * @param segments ids of the segments to replace, oldest first
 * @param attempt from 1
 * @param leaseUntil after this the request is taken for lost
 * @param targetTokens the answer must be smaller than this
 */
public record RequestHeader(String requestId, List<String> segments, int attempt, Instant leaseUntil,
        long targetTokens) {
    public RequestHeader {
        segments = List.copyOf(segments);
    }

    /**
     * The whole request.
     *
     * @param state as decided
     * @param texts the named segments, in that order
     */
    public ReflectionRequest with(ReflectorState state, List<Segment> texts) {
        return new ReflectionRequest(requestId, state.thread(), state.incarnation(), attempt, leaseUntil, targetTokens,
                texts, state.project());
    }

    RequestHeader again(Instant newLease) {
        return new RequestHeader(requestId, segments, attempt + 1, newLease, targetTokens);
    }
}
