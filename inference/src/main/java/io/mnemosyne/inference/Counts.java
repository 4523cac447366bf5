package io.mnemosyne.inference;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters by name, in lower-case with dots. Thread-safe. */
public final class Counts {
    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

    /** One more. */
    public void raise(String name) {
        counters.computeIfAbsent(name, _ -> new LongAdder()).increment();
    }

    /** All counters that were ever raised. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new TreeMap<>();
        counters.forEach((name, count) -> snapshot.put(name, count.sum()));
        return snapshot;
    }
}
