package io.mnemosyne.bench.redact;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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

    /** Millions of characters a second, in the best of some rounds, because the first ones are compiled. */
    double megabytesPerSecond(List<String> texts, int rounds) {
        long characters = texts.stream().mapToLong(String::length).sum();
        double best = 0;
        for (int round = 0; round < rounds; round++) {
            long nanos = texts.stream().mapToLong(this::nanos).sum();
            best = Math.max(best, characters * 1_000.0 / nanos);
        }
        return best;
    }
}
