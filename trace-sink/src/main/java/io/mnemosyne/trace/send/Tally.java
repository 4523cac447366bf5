package io.mnemosyne.trace.send;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a sender does. Thread-safe. */
final class Tally {
    private final String backend;
    private final LongAdder spans = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder uploads = new LongAdder();
    private final LongAdder parts = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final AtomicLong waiting = new AtomicLong();
    private volatile ServerFacts server = ServerFacts.UNKNOWN;

    Tally(String backend) {
        this.backend = backend;
    }

    void taken(int spanCount, int byteCount, long rejectedByServer) {
        spans.add(spanCount);
        requests.increment();
        bytes.add(byteCount);
        rejected.add(rejectedByServer);
    }

    void uploaded() {
        uploads.increment();
    }

    void divided(long count) {
        parts.add(count);
    }

    void deadLettered() {
        deadLettered.increment();
    }

    void retried() {
        retried.increment();
    }

    void waiting(long byteCount) {
        waiting.set(byteCount);
    }

    void found(ServerFacts facts) {
        server = facts;
    }

    SenderStats stats(Gate gate) {
        return new SenderStats(backend, gate.state(), server, spans.sum(), requests.sum(), bytes.sum(), uploads.sum(),
                parts.sum(), deadLettered.sum(), rejected.sum(), retried.sum(), waiting.get(), gate.concurrency());
    }
}
