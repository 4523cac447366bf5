package io.mnemosyne.replay.measure;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A ratio over several sessions. Sessions without a denominator do not count.
 *
 * @param pooled sum of numerators over sum of denominators; empty if the latter is 0
 * @param pooledInterval of {@code pooled}, sessions drawn anew
 * @param median of the sessions' ratios; empty if none has one
 */
public record Estimate(OptionalDouble pooled, Optional<Interval> pooledInterval, Optional<Median> median) {

    /** The median of several sessions' values, with the interval that it has when sessions are drawn anew. */
    public record Median(double value, Interval interval) {
    }
}
