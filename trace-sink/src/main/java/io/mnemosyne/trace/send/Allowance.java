package io.mnemosyne.trace.send;

/** A bucket of tokens that fills at a rate, to a second's worth. Not thread-safe. */
final class Allowance {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double most;
    private double tokens;
    private long filledAt;

    /** @param now of a clock that never goes back, in nanoseconds */
    Allowance(double perSecond, long now) {
        this.perSecond = perSecond;
        this.most = Math.max(1, perSecond);
        this.tokens = most;
        this.filledAt = now;
    }

    /** Takes a token and gives back 0, or says in how many nanoseconds there will be one. */
    long take(long now) {
        tokens = Math.min(most, tokens + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
        if (tokens >= 1) {
            tokens--;
            return 0;
        }
        return (long) Math.ceil((1 - tokens) / perSecond * NANOS);
    }
}
