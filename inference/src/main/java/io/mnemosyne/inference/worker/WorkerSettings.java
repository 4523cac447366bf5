package io.mnemosyne.inference.worker;

import java.time.Duration;

/**
 * Limits of one worker process.
 *
 * @param maxInFlight calls at once, at least 1; also the most that can be overspent
 * @param maxReadAhead requests held beyond those, at least 1; when as many wait, reading pauses
 * @param callBudget how long one call may take from its pick-up
 * @param drain how long calls under way may go on when the worker stops
 * @param rememberedCompletions how many recorded calls can be found again, at least 1; about 150 bytes each
 */
public record WorkerSettings(int maxInFlight, int maxReadAhead, Duration callBudget, Duration drain,
        int rememberedCompletions) {
    /** Eight calls at once, 64 waiting, 60 s for a call, 8 s to drain, 200,000 calls remembered. */
    public static final WorkerSettings DEFAULT = new WorkerSettings(8, 64, Duration.ofSeconds(60),
            Duration.ofSeconds(8), 200_000);

    public WorkerSettings {
        if (maxInFlight < 1 || maxReadAhead < 1 || rememberedCompletions < 1) {
            throw new IllegalArgumentException("a worker needs at least 1 call in flight, 1 of read-ahead and 1 "
                    + "remembered completion, not " + maxInFlight + ", " + maxReadAhead + " and "
                    + rememberedCompletions);
        }
    }
}
