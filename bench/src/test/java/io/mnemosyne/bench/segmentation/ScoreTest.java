package io.mnemosyne.bench.segmentation;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

class ScoreTest {

    @Test
    void shouldCountWhatWasMetExactlyAndOffByOne() {
        // given three labels, one guess that meets, one off by one, one off by two
        List<Boolean> labels = flags("x..x.....x..");
        List<Boolean> guesses = flags("x.x........x");
        // when
        Score score = Score.of(List.of(labels), List.of(guesses));
        // then
        assertThat(score.precision()).isCloseTo(1 / 3.0, offset(1e-9));
        assertThat(score.recall()).isCloseTo(1 / 3.0, offset(1e-9));
        assertThat(score.f1()).isCloseTo(1 / 3.0, offset(1e-9));
        assertThat(score.near()).isCloseTo(2 / 3.0, offset(1e-9));
    }

    @Test
    void shouldLetNoLabelBeMetTwice() {
        // given
        Score score = Score.of(List.of(flags(".x.")), List.of(flags("xxx")));
        // then
        assertThat(score.recall()).isEqualTo(1);
        assertThat(score.near()).as("one of three guesses").isEqualTo(0.5);
    }

    @Test
    void shouldFindNoFaultWithGuessesThatAreTheLabels() {
        // given
        List<List<Boolean>> labels = List.of(flags("..x..x"), flags(""), flags("x....."));
        // when
        Score score = Score.of(labels, labels);
        // then
        assertThat(score).isEqualTo(new Score(1, 1, 1, 1, 0, 0));
    }

    @Test
    void shouldBlameTooManyGuessesByWindowDiffMoreThanByPk() {
        // given a label in every other window of two
        List<List<Boolean>> labels = List.of(flags("x...x...x..."));
        // when
        Score always = Score.of(labels, List.of(flags("xxxxxxxxxxxx")));
        Score never = Score.of(labels, List.of(flags("............")));
        // then
        assertThat(always.windowDiff()).isEqualTo(1);
        assertThat(always.pk()).isLessThan(1);
        assertThat(never.pk()).isEqualTo(never.windowDiff());
        assertThat(never).extracting(Score::precision, Score::recall, Score::f1, Score::near).containsOnly(0.0);
    }

    private static List<Boolean> flags(String text) {
        return text.chars().mapToObj(c -> c == 'x').toList();
    }
}
