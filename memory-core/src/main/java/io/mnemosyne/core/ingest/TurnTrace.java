package io.mnemosyne.core.ingest;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.TraceContext;

/**
 * What a raw record means to tracing.
 *
 * @param head of the thread from now on
 * @param context of the turn that was appended, for the headers of all that is made of it; empty if its trace is unknown
 */
public record TurnTrace(ThreadHead head, Optional<TraceContext> context, List<SpanEvent> events) {
    public TurnTrace {
        events = List.copyOf(events);
    }

    static TurnTrace nothing(ThreadHead head) {
        return new TurnTrace(head, Optional.empty(), List.of());
    }
}
