package io.mnemosyne.scripted;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Gives out tokens at a rate. Thread-safe. */
final class TokenBucket {
    private final RateLimit limit;
    private final LongSupplier ticker;
    private double tokens;
    private long filledAt;

    /** @param ticker nanoseconds */
    TokenBucket(RateLimit limit, LongSupplier ticker) {
        this.limit = limit;
        this.ticker = ticker;
        this.tokens = limit.burst();
        this.filledAt = ticker.getAsLong();
    }

    /** Takes a token; else says how long it takes until there is one. */
    synchronized Duration take() {
        long now = ticker.getAsLong();
        tokens = Math.min(limit.burst(), tokens + (now - filledAt) / 1e9 * limit.perSecond());
        filledAt = now;
        if (tokens >= 1) {
            tokens--;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((1 - tokens) / limit.perSecond() * 1e9));
    }
}
