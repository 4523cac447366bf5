package io.mnemosyne.core.trace;

import java.time.Instant;

/** What is to be done after {@link Joining} has decided. */
public sealed interface JoinEffect {

    /** Send it on. */
    record Emit(PlacedSpan span) implements JoinEffect {
    }

    /** Tell this parent that a step is below it. */
    record Need(SpanId parent, SpanState.Stretch child) implements JoinEffect {
    }

    /** Come back at that time. */
    record Wake(JoinEvent.Alarm alarm, Instant at) implements JoinEffect {
    }

    /** Release everything of the trace that waits for its session. */
    record ReleaseAll() implements JoinEffect {
    }
}
