package io.mnemosyne.trace.send;

/**
 * How many requests may be under way: one more after a round of successes, half as many after a failure, as TCP does it. Not
 * thread-safe.
 */
final class Concurrency {
    private final int most;
    private double limit;
    private long lowered;

    Concurrency(int most) {
        this.most = most;
        this.limit = most;
    }

    int limit() {
        return (int) limit;
    }

    void succeeded() {
        limit = Math.min(most, limit + 1 / limit);
    }

    /**
     * A request failed. Those that were under way together with it say the same thing and count once.
     *
     * @param begun how many requests had begun before it
     * @param now how many have begun by now
     */
    void failed(long begun, long now) {
        if (begun >= lowered) {
            limit = Math.max(1, limit / 2);
            lowered = now;
        }
    }
}
