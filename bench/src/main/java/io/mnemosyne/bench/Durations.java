package io.mnemosyne.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/**
 * What many things of a kind took, milliseconds.
 *
 * @param count of them
 */
public record Durations(int count, double p50, double p99, double longest) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** @param nanos of each */
    static Durations of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Durations(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    public static Durations of(Collection<Duration> times) {
        return of(times.stream().mapToLong(Duration::toNanos).toArray());
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))] / NANOS_PER_MILLI;
    }
}
