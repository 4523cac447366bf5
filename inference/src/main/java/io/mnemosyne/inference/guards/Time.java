package io.mnemosyne.inference.guards;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** The clocks that guards go by, and how they wait; tests have one in which waiting takes no time. Thread-safe. */
public interface Time extends InstantSource {
    /** The process's clocks. */
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant instant() {
            return InstantSource.system().instant();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }

        // May return early: the loop is the caller's.
        @SuppressWarnings("WaitNotInLoop")
        @Override
        public void await(Condition signal, long nanos) throws InterruptedException {
            long _ = signal.awaitNanos(nanos);
        }
    };

    /** Of a clock that never goes back, and whose zero means nothing. */
    long nanos();

    void sleep(long nanos) throws InterruptedException;

    /** Waits for a signal, at most so long; may return early. The signal's lock is held, and given away meanwhile. */
    void await(Condition signal, long nanos) throws InterruptedException;
}
