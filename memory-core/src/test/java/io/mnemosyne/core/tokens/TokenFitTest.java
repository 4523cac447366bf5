package io.mnemosyne.core.tokens;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TokenFitTest {
    private static final long HALF_WINDOW = 100_000;

    @Property(tries = 300)
    void tenNoisyReportsTellRatioAndOverhead(@ForAll @DoubleRange(min = 0.6, max = 2.2) double ratio,
            @ForAll @IntRange(max = 40_000) int overhead, @ForAll Random noise) {
        // given prompts from small to large, each counted up to 1 % off
        TokenFit fit = TokenFit.NONE;
        for (int ours : IntStream.rangeClosed(1, 10).map(i -> i * 9_000 + noise.nextInt(2_000)).toArray()) {
            fit = fit.and(ours, Math.round((overhead + ratio * ours) * (0.99 + noise.nextDouble() / 50)));
        }
        // then
        TokenFit.Line line = fit.line(HALF_WINDOW);
        assertThat(line.ratio()).isCloseTo(ratio, within(0.06 * ratio));
        assertThat(line.overhead()).isCloseTo(overhead, within(0.03 * (overhead + ratio * 100_000)));
    }

    @Property(tries = 1_000)
    void whatItLetsThroughIsNotOverWhateverThePairs(@ForAll @DoubleRange(min = 1, max = 2.5) double ratio,
            @ForAll @IntRange(max = 40_000) int overhead,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 100, max = 150_000) Integer> prompts,
            @ForAll @LongRange(min = 50_000, max = 150_000) long budget) {
        // given pairs of a model that counts no less than we do, few or many, all at one place or scattered
        TokenFit fit = TokenFit.NONE;
        for (int ours : prompts) {
            fit = fit.and(ours, Math.round(overhead + ratio * ours));
        }
        // then it is as far below the budget as rounding asks for
        assertThat(overhead + ratio * fit.ours(budget, HALF_WINDOW)).isLessThanOrEqualTo(1.02 * budget);
    }

    @Example
    void shouldTakeAllForRatioWhenPairsDoNotTellItFromOverhead() {
        // given
        TokenFit one = TokenFit.NONE.and(10_000, 14_000);
        TokenFit same = one.and(10_000, 14_000).and(10_000, 14_000).and(10_000, 14_000);
        // then
        assertThat(one.line(HALF_WINDOW)).isEqualTo(new TokenFit.Line(1.4, 0));
        assertThat(same.line(HALF_WINDOW).ratio()).isCloseTo(1.4, within(1e-9));
        assertThat(same.line(HALF_WINDOW).overhead()).isZero();
    }

    @Example
    void shouldTakeForOverheadWhatNoRatioExplains() {
        // given an agent whose own prompt is large and whose thread has just begun
        TokenFit fit = TokenFit.NONE.and(20, 15_000);
        // then
        assertThat(fit.line(HALF_WINDOW)).isEqualTo(new TokenFit.Line(2.5, 14_950));
        assertThat(fit.line(10_000)).isEqualTo(new TokenFit.Line(2.5, 10_000));
    }

    @Example
    void shouldKeepTheOverheadThatItKnewWhenPromptsNoLongerDiffer() {
        // given
        TokenFit fit = TokenFit.NONE;
        for (int ours = 10_000; ours <= 60_000; ours += 10_000) {
            fit = fit.and(ours, 8_000 + ours);
        }
        // when
        for (int i = 0; i < 60; i++) {
            fit = fit.and(60_000, 68_000);
        }
        // then
        assertThat(fit.line(HALF_WINDOW).overhead()).isCloseTo(8_000, within(1.0));
        assertThat(fit.line(HALF_WINDOW).ratio()).isCloseTo(1, within(0.001));
    }

    @Example
    void shouldFollowAModelThatCountsOtherwiseThanBefore() {
        // given
        TokenFit fit = TokenFit.NONE;
        for (int i = 0; i < 100; i++) {
            fit = fit.and(10_000 + 7_000 * (i % 10), 10_000 + 7_000 * (i % 10));
        }
        // when
        for (int i = 0; i < 60; i++) {
            fit = fit.and(10_000 + 7_000 * (i % 10), 20_000 + 9_100 * (i % 10));
        }
        // then
        assertThat(fit.line(HALF_WINDOW).ratio()).isCloseTo(1.3, within(0.02));
        assertThat(fit.line(HALF_WINDOW).overhead()).isCloseTo(7_000, within(500.0));
    }

    @Example
    void shouldNotBelieveWhatNoTokenizerCounts() {
        assertThat(TokenFit.isPlausible(10_000, 2_500, HALF_WINDOW)).isTrue();
        assertThat(TokenFit.isPlausible(10_000, 2_499, HALF_WINDOW)).isFalse();
        assertThat(TokenFit.isPlausible(10_000, 140_000, HALF_WINDOW)).isTrue();
        assertThat(TokenFit.isPlausible(10_000, 140_001, HALF_WINDOW)).isFalse();
        assertThat(TokenFit.isPlausible(3, 0, HALF_WINDOW)).isFalse();
        assertThat(TokenFit.isPlausible(0, 100, HALF_WINDOW)).isFalse();
    }
}
