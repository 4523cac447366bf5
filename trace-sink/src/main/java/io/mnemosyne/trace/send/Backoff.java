package io.mnemosyne.trace.send;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt: twice as long each time, with chance, so that senders do not come at once. */
record Backoff(Duration longest) {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final int DOUBLINGS = 20;

    /** @param attempts that failed so far, from 1 */
    Duration after(int attempts) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS));
        return jittered(wait.compareTo(longest) < 0 ? wait : longest);
    }

    /** Up to a quarter more. */
    static Duration jittered(Duration wait) {
        return wait.plusNanos((long) (wait.toNanos() * ThreadLocalRandom.current().nextDouble() / 4));
    }
}
