package io.mnemosyne.bench.redact;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** How much processor time it takes to redact, on one thread, whatever else the machine does. */
record Measured(Consumer<String> redactor) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Nanoseconds for a text. */
    long nanos(String text) {
        long before = THREADS.getCurrentThreadCpuTime();
        redactor.accept(text);
        return THREADS.getCurrentThreadCpuTime() - before;
    }

    /**
     * Millions of characters a second of each, in the best of some rounds. They take turns, so that what else the machine
     * does is the same for all.
     */
    static List<Double> megabytesPerSecond(List<Measured> all, List<String> texts, int rounds) {
        long characters = texts.stream().mapToLong(String::length).sum();
        long[] best = new long[all.size()];
        Arrays.fill(best, Long.MAX_VALUE);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < best.length; i++) {
                best[i] = Math.min(best[i], texts.stream().mapToLong(all.get(i)::nanos).sum());
            }
        }
        return Arrays.stream(best).mapToObj(nanos -> characters * 1_000.0 / nanos).toList();
    }
}
