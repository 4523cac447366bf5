package io.mnemosyne.trace.send;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets requests to one backend through, at the rate and in the number that it bears, and none while it wants none.
 *
 * <p>Threading notes: one lock guards everything. Whoever waits holds no other lock.
 */
final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Concurrency concurrency;
    private final Allowance allowance;
    private final Backoff backoff;
    private long begun;
    private int underWay;
    private long closedUntil = System.nanoTime();
    private int denials;
    private int failures;

    Gate(SendLimits limits) {
        concurrency = new Concurrency(limits.maxConcurrency());
        allowance = new Allowance(limits.requestsPerSecond(), System.nanoTime());
        backoff = new Backoff(limits.longestWait());
    }

    /** Waits until a request may be sent; {@link #leave} has to follow. */
    Pass enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long wait = delay(); wait > 0; wait = delay()) {
                long _ = changed.awaitNanos(wait);
            }
            underWay++;
            return new Pass(begun++);
        } finally {
            lock.unlock();
        }
    }

    /** A request is over, and what became of it decides on the next ones. */
    void leave(Pass pass, Reply reply) {
        lock.lock();
        try {
            underWay--;
            switch (reply) {
                case Reply.Taken _,Reply.Refused _,Reply.TooLarge _ -> {
                    denials = 0;
                    failures = 0;
                    concurrency.succeeded();
                }
                case Reply.Busy(var retryAfter) -> {
                    concurrency.failed(pass.number(), begun);
                    close(retryAfter.map(Backoff::jittered).orElseGet(() -> backoff.after(++failures)));
                }
                case Reply.Unknown(_, var retryAfter) -> {
                    failures++;
                    concurrency.failed(pass.number(), begun);
                    retryAfter.map(Backoff::jittered).ifPresent(this::close);
                }
                case Reply.Denied _ -> {
                    concurrency.failed(pass.number(), begun);
                    close(backoff.after(++denials));
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A request ended without an answer, because the sender stops. */
    void abandon() {
        lock.lock();
        try {
            underWay--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    SenderStats.State state() {
        lock.lock();
        try {
            if (denials > 0) {
                return SenderStats.State.DENIED;
            }
            if (failures > 0) {
                return SenderStats.State.AWAY;
            }
            return closedUntil - System.nanoTime() > 0 ? SenderStats.State.BUSY : SenderStats.State.OPEN;
        } finally {
            lock.unlock();
        }
    }

    int concurrency() {
        lock.lock();
        try {
            return concurrency.limit();
        } finally {
            lock.unlock();
        }
    }

    /** Needs the lock. 0 if a request may go. */
    private long delay() {
        long now = System.nanoTime();
        long closed = closedUntil - now;
        if (closed > 0) {
            return closed;
        }
        // A backend that refuses everybody is asked by one at a time whether it still does.
        if (underWay >= (denials > 0 ? 1 : concurrency.limit())) {
            return Duration.ofSeconds(1).toNanos();
        }
        return allowance.take(now);
    }

    private void close(Duration wait) {
        long until = System.nanoTime() + wait.toNanos();
        if (until - closedUntil > 0) {
            closedUntil = until;
        }
    }

    /** @param number how many requests had begun before this one */
    record Pass(long number) {
    }
}
