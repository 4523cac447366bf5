package io.mnemosyne.inference.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
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
    private final Map<Thread, Job> running = new HashMap<>();
    private long waitingBytes;
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
            waitingBytes += job.bytes();
            startMore();
        } finally {
            lock.unlock();
        }
    }

    /** Whether so many jobs wait, or jobs of so many bytes. */
    boolean isFull(int jobs, long bytes) {
        lock.lock();
        try {
            return waiting.size() >= jobs || waitingBytes >= bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets waiting jobs; those that run go on. */
    void drop(Predicate<Job> unwanted) {
        lock.lock();
        try {
            waiting.removeIf(unwanted);
            waitingBytes = waiting.stream().mapToLong(Job::bytes).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing runs; what still runs after that is interrupted and given a second to end. */
    void drain(Duration patience) {
        if (!await(_ -> true, patience)) {
            interrupt();
            await(_ -> true, Duration.ofSeconds(1));
        }
    }

    /** Waits until none of these runs, but not for longer than the patience lasts; says whether that came to be. */
    boolean await(Predicate<Job> those, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (running.values().stream().anyMatch(those) && left > 0) {
                left = ended.awaitNanos(left);
            }
            return running.values().stream().noneMatch(those);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** How many run. */
    int inFlight() {
        lock.lock();
        try {
            return running.size();
        } finally {
            lock.unlock();
        }
    }

    private void interrupt() {
        lock.lock();
        try {
            running.keySet().forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    /** Needs the lock. */
    private void startMore() {
        while (running.size() < maxInFlight && !waiting.isEmpty()) {
            Job job = waiting.remove();
            waitingBytes -= job.bytes();
            Thread thread = Thread.ofVirtual().name("work-" + job.work().requestId()).unstarted(() -> run(job));
            running.put(thread, job);
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
