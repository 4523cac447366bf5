package io.mnemosyne.inference.completions;

import java.time.LocalDate;

/**
 * Is told what today's recorded calls took when they are read back, so that a budget of the day outlives a restart.
 * Thread-safe.
 */
@FunctionalInterface
public interface Ledger {
    /** For whom has no budget. */
    Ledger NONE = (_, _, _, _) -> {
    };

    /**
     * Adds what one call took. A process is told of each recorded call once, however often a partition comes back to it,
     * and never of those that it made itself: whoever makes a call books it at once. Of a call that failed nothing is
     * recorded, so after a restart nothing is known of what that took.
     *
     * @param day of UTC, in which the call was recorded
     * @param tokens read and written together
     * @param micros millionths of the price table's currency
     */
    void book(String tenant, LocalDate day, long tokens, long micros);
}
