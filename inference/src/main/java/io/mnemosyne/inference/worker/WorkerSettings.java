package io.mnemosyne.inference.worker;

import java.time.Duration;

import io.mnemosyne.inference.completions.CompletionsMode;

/**
 * Limits of one worker process.
 *
 * @param maxInFlight calls at once, at least 1; also the most that can be overspent
 * @param maxReadAhead requests held beyond those, at least 1; when as many wait, reading pauses
 * @param maxReadAheadBytes of requests held beyond those, as they are on the topic, at least 1; when as many wait,
 *            reading pauses
 * @param callBudget how long one call may take from its pick-up
 * @param drain how long calls under way may go on when the worker stops or a partition goes to another
 * @param rememberedCompletions how many recorded calls can be found again, at least 1; about 150 bytes each
 * @param completions what recorded calls are good for
 */
public record WorkerSettings(int maxInFlight, int maxReadAhead, long maxReadAheadBytes, Duration callBudget,
        Duration drain, int rememberedCompletions, CompletionsMode completions) {
    /** Eight calls at once, 1,000 or 32 MiB waiting, 60 s for a call, 8 s to drain, 200,000 calls remembered, live. */
    public static final WorkerSettings DEFAULT = new WorkerSettings(8, 1_000, 32 * 1024 * 1024,
            Duration.ofSeconds(60), Duration.ofSeconds(8), 200_000, CompletionsMode.LIVE);

    public WorkerSettings {
        if (maxInFlight < 1 || maxReadAhead < 1 || maxReadAheadBytes < 1 || rememberedCompletions < 1) {
            throw new IllegalArgumentException("a worker needs at least 1 call in flight, 1 request and 1 byte of "
                    + "read-ahead and 1 remembered completion, not " + maxInFlight + ", " + maxReadAhead + ", "
                    + maxReadAheadBytes + " and " + rememberedCompletions);
        }
    }

    public WorkerSettings with(CompletionsMode mode) {
        return new WorkerSettings(maxInFlight, maxReadAhead, maxReadAheadBytes, callBudget, drain,
                rememberedCompletions, mode);
    }
}
