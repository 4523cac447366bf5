package io.mnemosyne.core.trace;

/** What {@link Joining} decides upon: one span id, and its trace as a whole. */
public record Joined(TraceState trace, SpanState span) {

    Joined with(TraceState other) {
        return new Joined(other, span);
    }

    Joined with(SpanState other) {
        return new Joined(trace, other);
    }
}
