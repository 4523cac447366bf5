package io.mnemosyne.bench;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.tokens.O200kTokenCounter;

import static org.assertj.core.api.Assertions.assertThat;

/** The long run in short: what must not grow does not grow. Times are not looked at. */
class LongThreadTest {

    @Test
    void shouldKeepViewStateAndCostBoundedWhenAThreadGrows() {
        // given
        long budget = 16_000;
        // when
        LongThreadReport report = new LongThread(300_000, Policy.standard().scaledTo(budget), 1,
                O200kTokenCounter.shared()).run(_ -> {
                });
        // then
        LongThreadReport.Mark quarter = report.marks().get(2);
        LongThreadReport.Mark end = report.marks().getLast();
        assertThat(report.overCeiling()).isZero();
        assertThat(report.largestView()).isLessThanOrEqualTo(budget);
        assertThat(end.allReflections()).as("it has lived long enough").isGreaterThan(5);
        assertThat(end.segmentTokens()).isLessThan(budget / 2);
        assertThat(end.segments()).isLessThan(40);
        assertThat(end.rewrittenPerToken()).isLessThan(0.5);
        assertThat(end.bytes().total()).isLessThan(96_000).isLessThan(3 * quarter.bytes().total());
        assertThat(end.rows().turns()).as("every turn can be read back").isEqualTo((int) end.turns());
    }

    @Test
    void shouldGiveTheSameThreadWhenTheSeedIsTheSame() {
        // given
        SyntheticThread one = new SyntheticThread(7);
        SyntheticThread two = new SyntheticThread(7);
        // then
        for (int i = 0; i < 500; i++) {
            assertThat(one.next()).isEqualTo(two.next());
        }
        assertThat(new SyntheticThread(8).next()).isEqualTo(new SyntheticThread(7).next());
        assertThat(two.next()).isNotEqualTo(new SyntheticThread(8).next());
    }
}
