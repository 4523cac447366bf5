package io.mnemosyne.bench.models;

import java.util.List;
import java.util.Locale;

/**
 * What tracing costs.
 *
 * @param turns of each round
 * @param without turns per second of each round without tracing
 * @param with the same with tracing
 * @param bytes that the backend was sent in all rounds, packed
 */
record TracingReport(int turns, List<Double> without, List<Double> with, long bytes) {
    private static final double KIB = 1_024;

    TracingReport {
        without = List.copyOf(without);
        with = List.copyOf(with);
    }

    double ratio() {
        return median(with) / median(without);
    }

    String table() {
        return String.format(Locale.ROOT, """
                                          | | median | lowest | highest |
                                          |---|---:|---:|---:|
                                          | turns/s, tracing off | %.0f | %.0f | %.0f |
                                          | turns/s, tracing on | %.0f | %.0f | %.0f |
                                          | on / off | %.3f | | |

                                          %d rounds of %,d turns each way; %,.0f KiB went to the backend.
                                          """, median(without), lowest(without), highest(without), median(with),
                lowest(with), highest(with), ratio(), with.size(), turns, bytes / KIB);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double lowest(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    private static double highest(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
