package io.mnemosyne.launcher.client;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PercentilesTest {

    @Test
    void shouldTellTheShortestDurationThatSoManyPerCentDoNotExceed() {
        // given 1 to 2000 ms in any order
        List<Long> millis = LongStream.rangeClosed(1, 2_000).boxed().collect(Collectors.toList());
        Collections.shuffle(millis);
        Percentiles percentiles = new Percentiles();
        // when
        millis.forEach(value -> percentiles.add(Duration.ofMillis(value)));
        // then
        assertThat(percentiles.count()).isEqualTo(2_000);
        assertThat(percentiles.at(50)).isEqualTo(Duration.ofMillis(1_000));
        assertThat(percentiles.at(99)).isEqualTo(Duration.ofMillis(1_980));
        assertThat(percentiles.at(100)).isEqualTo(Duration.ofMillis(2_000));
        assertThat(percentiles.columns().strip().split(" +")).containsExactly("1000.0", "1980.0", "2000.0");
    }

    @Test
    void shouldBeZeroWithoutAnyMeasurement() {
        assertThat(new Percentiles().at(99)).isZero();
    }
}
