package io.mnemosyne.inference.worker;

import java.time.Duration;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs jobs on virtual threads: urgent ones first, at most so many at once.
 *
 * <p>Threading notes: any thread may call any method. The queue and the set of running threads are guarded by one lock,
 * which is never held while a job runs. A thread that ends starts the next job itself, so that nothing waits for the
 * polling thread.
 */
final class Dispatcher {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final PriorityQueue<Job> waiting = new PriorityQueue<>(Job.ORDER);
    private final Set<Thread> running = new HashSet<>();
    private final int maxInFlight;
    private final Consumer<Job> work;

    Dispatcher(int maxInFlight, Consumer<Job> work) {
        this.maxInFlight = maxInFlight;
        this.work = work;
    }

    void submit(Job job) {
        lock.lock();
        try {
            waiting.add(job);
            startMore();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets waiting jobs; those that run go on. */
    void drop(Predicate<Job> unwanted) {
        lock.lock();
        try {
            waiting.removeIf(unwanted);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing runs; what still runs after that is interrupted and given a second to end. */
    void drain(Duration patience) {
        boolean idle = awaitIdle(patience);
        if (!idle) {
            interrupt();
            awaitIdle(Duration.ofSeconds(1));
        }
    }

    private boolean awaitIdle(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!running.isEmpty() && left > 0) {
                left = ended.awaitNanos(left);
            }
            return running.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void interrupt() {
        lock.lock();
        try {
            running.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    /** Needs the lock. */
    private void startMore() {
        while (running.size() < maxInFlight && !waiting.isEmpty()) {
            Job job = waiting.remove();
            Thread thread = Thread.ofVirtual().name("work-" + job.work().requestId()).unstarted(() -> run(job));
            running.add(thread);
            thread.start();
        }
    }

    private void run(Job job) {
        try {
            work.accept(job);
        } finally {
            lock.lock();
            try {
                running.remove(Thread.currentThread());
                startMore();
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
