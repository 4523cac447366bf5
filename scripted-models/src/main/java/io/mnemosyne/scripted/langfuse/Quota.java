package io.mnemosyne.scripted.langfuse;

import java.time.Duration;
import java.util.Optional;

/** So many requests in each window of time, as Langfuse counts them. Thread-safe. */
final class Quota {
    private final int requests;
    private final long windowNanos;
    private long windowStart;
    private int taken;

    Quota(int requests, Duration window) {
        this.requests = requests;
        this.windowNanos = window.toNanos();
        this.windowStart = System.nanoTime();
    }

    /** Takes one; else says when the next window begins. */
    synchronized Optional<Duration> refusal() {
        long now = System.nanoTime();
        if (now - windowStart >= windowNanos) {
            windowStart = now;
            taken = 0;
        }
        if (taken < requests) {
            taken++;
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(windowNanos - (now - windowStart)));
    }
}
