package io.mnemosyne.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.ThreadKey;

/**
 * Lets a reader wait until its own write is in the view. Looks every few milliseconds at first, on the caller's virtual
 * thread. A look reads the whole head of the thread, so who waits long looks less often.
 */
final class OwnWrites {
    private static final long SHORTEST_PAUSE = Duration.ofMillis(3).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(100).toNanos();

    private final ThreadReader reader;
    private final Duration maxWait;

    OwnWrites(ThreadReader reader, Duration maxWait) {
        this.reader = reader;
        this.maxWait = maxWait;
    }

    /** Whether the record at a position has been applied, after waiting for it no longer than asked. */
    boolean reached(ThreadKey thread, Position position, Duration wait) {
        long deadline = System.nanoTime() + (wait.compareTo(maxWait) < 0 ? wait : maxWait).toNanos();
        long pause = SHORTEST_PAUSE;
        while (true) {
            Optional<ThreadHead> head = reader.head(thread);
            if (head.isPresent() && head.get().appliedThrough().reached(position)) {
                return true;
            }
            if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(LONGEST_PAUSE, pause + pause / 4);
        }
    }
}
