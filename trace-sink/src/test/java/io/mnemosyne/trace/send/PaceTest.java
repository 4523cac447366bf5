package io.mnemosyne.trace.send;

import java.time.Duration;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void shouldHalveConcurrencyForEachRoundOfFailuresAndRaiseItByOneForARoundOfSuccesses() {
        // given eight requests under way
        Concurrency concurrency = new Concurrency(8);
        // when all of them fail
        IntStream.range(0, 8).forEach(request -> concurrency.failed(request, 8));
        // then that counts once
        assertThat(concurrency.limit()).isEqualTo(4);
        // and when one that began later fails
        concurrency.failed(8, 12);
        assertThat(concurrency.limit()).isEqualTo(2);
        // and when two rounds succeed
        IntStream.range(0, 5).forEach(_ -> concurrency.succeeded());
        assertThat(concurrency.limit()).isEqualTo(3);
    }

    @Test
    void shouldKeepConcurrencyBetweenOneAndItsMost() {
        Concurrency concurrency = new Concurrency(3);
        IntStream.range(0, 20).forEach(request -> concurrency.failed(request, request));
        assertThat(concurrency.limit()).isEqualTo(1);
        IntStream.range(0, 200).forEach(_ -> concurrency.succeeded());
        assertThat(concurrency.limit()).isEqualTo(3);
    }

    @Property(tries = 200)
    void aBacklogIsCaughtUpWithAtTheRateAndNotFaster(@ForAll @DoubleRange(min = 0.5, max = 50) double rate,
            @ForAll @IntRange(min = 1, max = 30) int seconds) {
        // given somebody who always wants more, after a long pause
        Allowance allowance = new Allowance(rate, 0);
        long now = 3_600 * SECOND;
        long end = now + seconds * SECOND;
        int taken = 0;
        // when
        while (now < end) {
            long wait = allowance.take(now);
            taken += wait == 0 ? 1 : 0;
            now += wait;
        }
        // then the pause is worth a second
        assertThat(taken).isBetween((int) (rate * seconds) - 1, (int) (rate * seconds + Math.max(1, rate)) + 1);
    }

    @Test
    void shouldWaitLongerAfterEachFailureUpToTheLongest() {
        Backoff backoff = new Backoff(Duration.ofSeconds(30));
        assertThat(backoff.after(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(250));
        assertThat(backoff.after(4)).isBetween(Duration.ofMillis(1_600), Duration.ofMillis(2_000));
        assertThat(backoff.after(1_000_000)).isBetween(Duration.ofSeconds(30), Duration.ofMillis(37_500));
    }
}
