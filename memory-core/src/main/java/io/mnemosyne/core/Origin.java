package io.mnemosyne.core;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

import io.mnemosyne.core.trace.TraceContext;

/**
 * Where a turn comes from, as far as its source says.
 *
 * @param at when it was said; empty if unknown
 * @param sourceIndex position in an imported recording, from 0
 * @param messageId the source's message id; several turns may share one
 * @param model the model that wrote it
 * @param parentThread for a sub-agent's conversation: the thread (of the same tenant) that started it
 * @param parentTurn seq of the turn in {@code parentThread} that started it
 * @param parentCall id of the tool call in that turn
 * @param traceContext the step of the agent's own trace that caused the turn
 * @param attributes further fields of the source, each as JSON text, carried along unchanged
 */
public record Origin(Optional<Instant> at, OptionalLong sourceIndex, Optional<String> messageId, Optional<String> model,
        Optional<String> parentThread, OptionalLong parentTurn, Optional<String> parentCall,
        Optional<TraceContext> traceContext, Map<String, String> attributes) {
    public static final Origin UNKNOWN = new Origin(Optional.empty(), OptionalLong.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Map.of());

    public Origin {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    public static Origin at(Instant at) {
        return new Origin(Optional.of(at), OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                OptionalLong.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    /** The same caused by a step of the agent's own trace. */
    Origin in(TraceContext cause) {
        return new Origin(at, sourceIndex, messageId, model, parentThread, parentTurn, parentCall, Optional.of(cause),
                attributes);
    }
}
