package io.mnemosyne.scripted;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/** The calls in the order in which they were answered. Thread-safe. */
final class CallLog {
    private final Queue<AtomicReference<Call>> calls = new ConcurrentLinkedQueue<>();

    /** To be set when the call ends. */
    AtomicReference<Call> begin(Call call) {
        var entry = new AtomicReference<>(call);
        calls.add(entry);
        return entry;
    }

    List<Call> all() {
        return calls.stream().map(AtomicReference::get).toList();
    }

    void clear() {
        calls.clear();
    }
}
