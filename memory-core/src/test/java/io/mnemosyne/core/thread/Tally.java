package io.mnemosyne.core.thread;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often something happened, so that a test can see that it did. */
final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();

    void count(String name) {
        counts.merge(name, 1, Integer::sum);
    }

    void count(List<String> names) {
        names.forEach(this::count);
    }

    int of(String name) {
        return counts.getOrDefault(name, 0);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
