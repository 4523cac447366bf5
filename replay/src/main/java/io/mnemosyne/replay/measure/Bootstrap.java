package io.mnemosyne.replay.measure;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

import io.mnemosyne.replay.measure.Estimate.Median;

/** Intervals of 95 % from drawing sessions anew, always the same way. */
final class Bootstrap {
    private static final int SAMPLES = 1000;
    private static final long SEED = 12_345;
    private static final double TAIL = 0.025;

    private Bootstrap() {
    }

    /** The median of the values; empty if there are none. */
    static Optional<Median> median(double[] values) {
        if (values.length == 0) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] medians = new double[SAMPLES];
        double[] drawn = new double[values.length];
        for (int i = 0; i < SAMPLES; i++) {
            for (int k = 0; k < drawn.length; k++) {
                drawn[k] = values[random.nextInt(values.length)];
            }
            medians[i] = middle(drawn);
        }
        return Optional.of(new Median(middle(values.clone()), interval(medians, SAMPLES)));
    }

    /** The interval of a ratio of sums; empty if no sample has a denominator. */
    static Optional<Interval> ratio(double[] numerators, double[] denominators) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] ratios = new double[SAMPLES];
        int found = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double numerator = 0;
            double denominator = 0;
            for (int k = 0; k < numerators.length; k++) {
                int drawn = random.nextInt(numerators.length);
                numerator += numerators[drawn];
                denominator += denominators[drawn];
            }
            if (denominator != 0) {
                ratios[found++] = numerator / denominator;
            }
        }
        return found == 0 ? Optional.empty() : Optional.of(interval(ratios, found));
    }

    /** Sorts the values. */
    private static double middle(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    private static Interval interval(double[] values, int size) {
        Arrays.sort(values, 0, size);
        int tail = (int) (TAIL * size);
        return new Interval(values[tail], values[size - 1 - tail]);
    }
}
