package io.mnemosyne.index;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.mnemosyne.index.IndexStats.Lag;

/** Counts what the loops do. Thread-safe. */
final class Tally {
    private final LongAdder indexed = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final LongAdder embedded = new LongAdder();
    private final LongAdder restarts = new LongAdder();
    private final LongAdder bulks = new LongAdder();
    private final LongAdder bulkMillis = new LongAdder();
    private final AtomicLong slowestBulk = new AtomicLong();
    private volatile boolean reachable = true;
    private volatile Lag texts = Lag.NONE;
    private volatile Lag vectors = Lag.NONE;

    void bulk(long millis) {
        bulks.increment();
        bulkMillis.add(millis);
        slowestBulk.accumulateAndGet(millis, Math::max);
    }

    void indexed(long changes) {
        indexed.add(changes);
    }

    void retried(long changes) {
        retried.add(changes);
    }

    void deadLettered(long records) {
        deadLettered.add(records);
    }

    void embedded(long vectorCount) {
        embedded.add(vectorCount);
    }

    void restarted() {
        restarts.increment();
    }

    void reachable(boolean answers) {
        reachable = answers;
    }

    void texts(Lag lag) {
        texts = lag;
    }

    void vectors(Lag lag) {
        vectors = lag;
    }

    IndexStats stats() {
        return new IndexStats(indexed.sum(), retried.sum(), deadLettered.sum(), embedded.sum(), restarts.sum(),
                reachable, bulks.sum(), bulkMillis.sum(), slowestBulk.get(), texts, vectors, Lag.NONE);
    }
}
