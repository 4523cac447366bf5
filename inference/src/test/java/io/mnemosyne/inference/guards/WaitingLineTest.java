package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.inference.guards.LineSimulation.Caller;
import io.mnemosyne.inference.guards.LineSimulation.Fate;
import io.mnemosyne.inference.guards.LineSimulation.Reply;
import io.mnemosyne.inference.guards.WaitingLine.State;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingLineTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    @Property(tries = 500)
    void shouldKeepLimitPauseOrderAndDeadlineWhateverHappens(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int maxInFlight, @ForAll @IntRange(min = 1, max = 40) int callers,
            @ForAll @IntRange(min = 0, max = 80) int limitedPercent) {
        // given callers that come in bursts, and a server that says no as it likes
        Random random = new Random(seed);
        LineSimulation simulation = new LineSimulation(maxInFlight, _ -> random.nextInt(100) < limitedPercent
                ? new Reply(random.nextLong(300 * MILLI),
                        Optional.of(Duration.ofNanos(random.nextLong(3 * SECOND))))
                : new Reply(random.nextLong(2 * SECOND), Optional.empty()), false);
        List<Caller> all = IntStream.range(0, callers).mapToObj(_ -> {
            long at = random.nextLong(4) * random.nextLong(SECOND);
            return new Caller(at, random.nextInt(4) == 0, at + random.nextLong(8 * SECOND));
        }).toList();
        // when
        simulation.run(all);
        // then
        assertThat(simulation.broken()).isEmpty();
        assertThat(simulation.fates()).extracting(Fate::caller).containsExactlyInAnyOrderElementsOf(all);
        assertThat(simulation.fates()).allSatisfy(fate -> assertThat(fate.at()).isLessThanOrEqualTo(
                fate.caller().latest() + (fate.state() == State.REFUSED ? 1 : 0)));
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 8, 300", "2, 2, 32, 10000", "10, 10, 8, 300", "0.5, 5, 4, 2000"})
    void shouldDrainABacklogAtTheServersPaceWithHardlyACallTooMany(double perSecond, int burst, int maxInFlight,
            long callMillis) {
        // given
        int requests = 2_000;
        Bucket server = new Bucket(perSecond, burst, callMillis * MILLI);
        LineSimulation simulation = new LineSimulation(maxInFlight, server, true);
        // when
        simulation.run(IntStream.range(0, requests)
                .mapToObj(i -> new Caller(i, false, LineSimulation.NEVER)).toList());
        // then
        double ideal = (requests - burst) / perSecond;
        double seconds = (double) simulation.now() / SECOND;
        double calls = (double) simulation.calls() / requests;
        System.out.printf(
                "%.1f/s, burst %d, %d in flight, calls of %d ms: %.3f calls per request, %.0f s = %.3f x ideal%n",
                perSecond, burst, maxInFlight, callMillis, calls, seconds, seconds / ideal);
        assertThat(simulation.answered()).isEqualTo(requests);
        assertThat(calls).isLessThan(1.3);
        assertThat(seconds / ideal).isLessThan(1.3);
    }

    @Test
    void shouldNotRushOutTogetherWhenThePauseEnds() {
        // given eight that wait for the end of a pause which the first call brought
        List<Long> starts = new ArrayList<>();
        LineSimulation simulation = new LineSimulation(8, now -> {
            starts.add(now);
            return starts.size() == 1
                    ? new Reply(50 * MILLI, Optional.of(Duration.ofSeconds(3)))
                    : new Reply(SECOND, Optional.empty());
        }, false);
        // when
        simulation.run(Stream.concat(Stream.of(new Caller(0, false, LineSimulation.NEVER)),
                IntStream.range(0, 8).mapToObj(_ -> new Caller(100 * MILLI, false, LineSimulation.NEVER))).toList());
        // then
        assertThat(starts).hasSize(9);
        assertThat(starts.get(1)).isEqualTo(3_050 * MILLI);
        assertThat(IntStream.range(2, 9).mapToObj(i -> starts.get(i) - starts.get(i - 1)))
                .allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(80 * MILLI));
    }

    @Test
    void shouldForgetItsPaceWhenNoNoComesAnyMore() {
        // given a server that said no once
        Pace pace = new Pace();
        pace.started(0);
        pace.limited(0, MILLI, Duration.ofSeconds(1));
        assertThat(pace.spacing()).isPositive();
        // when
        for (int i = 0; i < 200; i++) {
            pace.started(pace.next());
        }
        // then
        assertThat(pace.spacing()).isZero();
    }

    @Test
    void shouldNotTakeQuietHoursForTheServersPace() {
        // given a no, then ten calls in ten quiet hours, then a burst
        Pace pace = new Pace();
        pace.started(0);
        pace.limited(0, MILLI, Duration.ofSeconds(1));
        long now = 0;
        for (int i = 0; i < 10; i++) {
            now += 3_600 * SECOND;
            pace.started(now);
        }
        // when
        now = Math.max(now + MILLI, pace.next());
        pace.started(now);
        pace.limited(now, now + MILLI, Duration.ofSeconds(1));
        // then
        assertThat(pace.spacing()).isLessThan(SECOND);
    }

    /** Lets so many calls start per second, and some at once after a pause. */
    private static final class Bucket implements LineSimulation.Server {
        private final double perSecond;
        private final int burst;
        private final long takes;
        private final Random random = new Random(1);
        private double tokens;
        private long filledAt;

        private Bucket(double perSecond, int burst, long takes) {
            this.perSecond = perSecond;
            this.burst = burst;
            this.takes = takes;
            this.tokens = burst;
        }

        @Override
        public Reply replyTo(long now) {
            tokens = Math.min(burst, tokens + perSecond * (now - filledAt) / SECOND);
            filledAt = now;
            if (tokens < 1) {
                return new Reply(50 * MILLI, Optional.of(Duration.ofSeconds(1)));
            }
            tokens--;
            return new Reply(takes / 2 + random.nextLong(takes), Optional.empty());
        }
    }
}
