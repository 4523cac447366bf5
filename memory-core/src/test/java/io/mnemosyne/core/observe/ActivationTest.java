package io.mnemosyne.core.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.TurnFacts;

import static org.assertj.core.api.Assertions.assertThat;

class ActivationTest {
    private static final Policy POLICY = Policy.standard();

    @ParameterizedTest
    @CsvSource({
            // what each chunk covers, what lies behind them -> chunks to activate
            "10000 10000 4000 6000, 500, 3",
            "10000 10000 3000 3000, 4400, 3",
            "10000 10000 3000 3000, 5500, 4",
            "10000 10000 5000 4000, 3900, 3"})
    void shouldLeaveTheTailNearestToWhatThePolicyRetains(String chunks, long behind, int expected) {
        assertThat(Activation.chunks(state(chunks, behind), POLICY)).isEqualTo(expected);
    }

    @Test
    void shouldRatherCoverMoreWhenTwoStepsAreEquallyNear() {
        // given steps that leave 7,000 and 5,000 tokens, with 6,000 wanted
        assertThat(Activation.chunks(state("23000 2000", 5_000), POLICY)).isEqualTo(2);
    }

    @Test
    void shouldTakeTheSmallerStepWhenTheNearestWouldLeaveAlmostNothing() {
        // given steps that leave 13,000 tokens, or 999: 5,001 too few is nearer to 6,000 than 7,000 too many
        assertThat(Activation.chunks(state("18000 12001", 999), POLICY)).isEqualTo(1);
        assertThat(Activation.chunks(state("18000 12000", 1_000), POLICY)).isEqualTo(2);
    }

    @Test
    void shouldScaleWhatIsLeftInAnyCase() {
        // given a tenth of every setting
        Policy small = POLICY.scaledTo(POLICY.budget() / 10);
        // then
        assertThat(Activation.chunks(state("1800 1201", 99), small)).isEqualTo(1);
        assertThat(Activation.chunks(state("1800 1200", 100), small)).isEqualTo(2);
    }

    @Test
    void shouldTakeTheNearestStepWhenEveryOneLeavesAlmostNothing() {
        assertThat(Activation.chunks(state("30000 10", 100), POLICY)).isEqualTo(1);
    }

    @Test
    void shouldGoOnAtOnceWhenAStepLeavesMoreThanTheSynchronousLine() {
        // given a small chunk and a giant one, both observed while their turns had to stay raw
        ObservedThread thread = new ObservedThread(POLICY.scaledTo(4_000));
        thread.answers(4, "a");
        thread.answers(1_441, "a");
        thread.observes();
        thread.observes();
        // when the user goes on: covering both would leave 4 tokens, covering the first one 1,445
        thread.says(Role.USER, 4);
        // then
        assertThat(thread.state().uncoveredTokens()).isEqualTo(4);
    }

    @Test
    void shouldWaitForTheNextChunksWhenAStepLeavesMoreThanTheyCover() {
        // given 21,000 of 31,000 tokens would be left, of which a chunk could cover more than one interval
        ObserverState state = state("10000", 21_000);
        // then
        assertThat(Activation.isPremature(state, 1, POLICY)).isTrue();
        // when little is left, or what is left has to stay raw, or the synchronous line is reached
        assertThat(Activation.isPremature(state("20000", 11_000), 1, POLICY)).isFalse();
        assertThat(Activation.isPremature(state("12000", 1_600, 12), 1, POLICY)).isFalse();
        assertThat(Activation.isPremature(state("10000", 26_000), 1, POLICY)).isFalse();
    }

    /** One turn for each chunk, and small ones behind them. */
    private static ObserverState state(String chunks, long behind) {
        return said(state(chunks, behind / 50, 49), behind - 49 * (behind / 50));
    }

    private static ObserverState state(String chunks, long tokensEach, int turnsBehind) {
        ObserverState state = ObserverState.fresh(ObservedThread.KEY, 0);
        List<Segment> buffered = new ArrayList<>();
        for (String tokens : chunks.split(" ")) {
            long seq = state.nextSeq();
            state = said(state, Long.parseLong(tokens));
            buffered.add(new Segment("s" + seq, Segment.Kind.OBSERVATION, SeqRange.of(seq), 0, List.of(),
                    Optional.empty(), Optional.empty(), Optional.empty(), 10));
        }
        for (int i = 0; i < turnsBehind; i++) {
            state = said(state, tokensEach);
        }
        return state.withChunks(new ObserverState.Chunks(buffered, ""));
    }

    private static ObserverState said(ObserverState state, long tokens) {
        return state.append(new TurnFacts(state.nextSeq(), Role.USER, tokens, Optional.empty(), List.of(), List.of()),
                Instant.EPOCH);
    }
}
