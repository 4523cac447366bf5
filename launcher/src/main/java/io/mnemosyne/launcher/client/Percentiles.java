package io.mnemosyne.launcher.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** Durations that were measured. Thread-safe. */
final class Percentiles {
    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1_024];
    private int count;

    synchronized void add(Duration took) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = took.toNanos();
    }

    synchronized int count() {
        return count;
    }

    /**
     * The shortest of the measured durations that at least so many per cent do not exceed; zero if none was measured.
     *
     * @param percent 0 to 100
     */
    synchronized Duration at(double percent) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return count == 0 ? Duration.ZERO : Duration.ofNanos(sorted[Math.max(0, rank - 1)]);
    }

    /** The median, the 99th percentile and the longest, in milliseconds, as three columns. */
    String columns() {
        return String.format(Locale.ROOT, "%9.1f %9.1f %9.1f", millis(50), millis(99), millis(100));
    }

    private double millis(double percent) {
        return at(percent).toNanos() / NANOS_PER_MILLI;
    }
}
