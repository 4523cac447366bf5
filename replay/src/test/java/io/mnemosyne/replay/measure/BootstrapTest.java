package io.mnemosyne.replay.measure;

import java.util.Arrays;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BootstrapTest {

    @Property(tries = 50)
    void shouldGiveTheSameIntervalAroundTheMedianEveryTime(
            @ForAll @Size(min = 1, max = 30) double @DoubleRange(min = 0, max = 1) [] values) {
        // given
        double[] again = values.clone();

        // when
        var median = Bootstrap.median(values).orElseThrow();

        // then
        assertThat(Bootstrap.median(again)).contains(median);
        assertThat(median.interval().low()).isLessThanOrEqualTo(median.value());
        assertThat(median.interval().high()).isGreaterThanOrEqualTo(median.value());
        assertThat(Arrays.stream(values).anyMatch(value -> value >= median.value())).isTrue();
    }

    @Test
    void shouldComeNearTheIntervalOfAKnownSpread() {
        // given 400 sessions, half of which have a ratio of 1: the share has a standard error of 0.025
        double[] ones = IntStream.range(0, 400).mapToDouble(i -> i % 2).toArray();
        double[] weights = IntStream.range(0, 400).mapToDouble(_ -> 1).toArray();

        // when
        Interval interval = Bootstrap.ratio(ones, weights).orElseThrow();

        // then
        assertThat(interval.low()).isCloseTo(0.5 - 1.96 * 0.025, within(0.01));
        assertThat(interval.high()).isCloseTo(0.5 + 1.96 * 0.025, within(0.01));
    }

    @Test
    void shouldHaveNoIntervalWhenThereIsNothingToDivideBy() {
        // given
        double[] zeros = {0, 0};

        // when
        var interval = Bootstrap.ratio(zeros, zeros);

        // then
        assertThat(interval).isEmpty();
        assertThat(Bootstrap.median(new double[0])).isEmpty();
    }
}
