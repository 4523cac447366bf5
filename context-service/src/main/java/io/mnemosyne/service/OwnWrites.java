package io.mnemosyne.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.ThreadKey;

/**
 * Lets a reader wait until its own write is in the view. Looks every few milliseconds, on the caller's virtual thread:
 * a look is one key look-up in a local store.
 */
final class OwnWrites {
    private static final Duration PAUSE = Duration.ofMillis(3);

    private final ThreadReader reader;
    private final Duration maxWait;

    OwnWrites(ThreadReader reader, Duration maxWait) {
        this.reader = reader;
        this.maxWait = maxWait;
    }

    /** Whether the record at a position has been applied, after waiting for it no longer than asked. */
    boolean reached(ThreadKey thread, Position position, Duration wait) {
        long deadline = System.nanoTime() + (wait.compareTo(maxWait) < 0 ? wait : maxWait).toNanos();
        while (true) {
            Optional<ThreadHead> head = reader.head(thread);
            if (head.isPresent() && head.get().appliedThrough().reached(position)) {
                return true;
            }
            if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
