package io.mnemosyne.inference;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A point in time after which an answer is of no use.
 *
 * @param ticker nanoseconds of a clock that never goes back
 * @param at on that clock
 */
public record Deadline(LongSupplier ticker, long at) {

    /** So much from now, on the process's clock. */
    public static Deadline in(Duration time) {
        return in(time, System::nanoTime);
    }

    public static Deadline in(Duration time, LongSupplier ticker) {
        return new Deadline(ticker, ticker.getAsLong() + time.toNanos());
    }

    /** Never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, at - ticker.getAsLong()));
    }

    public boolean isPassed() {
        return left().isZero();
    }

    /** This one, or so much from now if that is sooner. */
    public Deadline within(Duration time) {
        return time.compareTo(left()) < 0 ? in(time, ticker) : this;
    }
}
