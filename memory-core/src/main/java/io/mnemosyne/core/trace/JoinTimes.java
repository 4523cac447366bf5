package io.mnemosyne.core.trace;

import java.time.Duration;

/**
 * How long a trace is waited for.
 *
 * @param span without news from the trace, until a step is closed whose other half has not come
 * @param parent until a session, a link or a parent is not waited for any longer
 */
public record JoinTimes(Duration span, Duration parent) {
    public static final JoinTimes STANDARD = new JoinTimes(Duration.ofMinutes(15), Duration.ofMinutes(5));

    /** @throws IllegalArgumentException if one is not positive */
    public JoinTimes {
        if (!span.isPositive() || !parent.isPositive()) {
            throw new IllegalArgumentException("the time-outs of tracing must be longer than nothing");
        }
    }
}
