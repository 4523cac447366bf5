package io.mnemosyne.core.observe;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;

import static org.assertj.core.api.Assertions.assertThat;

/** What the observer makes of the agent's provider: how much it counted, and which model was called. */
class ProviderSignalsTest {
    private static final long FULL = Policy.standard().totalLine();
    private final ObservedThread thread = new ObservedThread(Policy.standard());

    @Test
    void shouldActivateWhatIsBufferedWhenTheWholePromptIsNearlyFull() {
        // given chunks that wait, below the threshold
        untilBuffered();
        // when
        thread.reports(FULL);
        // then
        assertThat(thread.memory()).isNotEmpty();
        assertThat(thread.state().uncoveredTokens()).isLessThan(Policy.standard().observationThreshold());
    }

    @Test
    void shouldAskForTheUncoveredRestAheadOfTheThresholdWhenTheWholePromptIsNearlyFull() {
        // given nothing that would be asked for by itself yet
        says(14, 380);
        says(Policy.standard().keepRawTurns(), 10);
        // when
        thread.reports(FULL - 1);
        // then
        assertThat(thread.requests()).isEmpty();
        // when
        thread.reports(FULL);
        // then all but the newest turns is asked for before all others
        assertThat(thread.requests()).singleElement().satisfies(request -> {
            assertThat(request.range()).isEqualTo(new SeqRange(0, 13));
            assertThat(request.priority()).isEqualTo(ObservationRequest.Priority.HIGH);
        });
        // when the answer would leave almost nothing raw
        thread.observes();
        // then it waits for more turns to come
        assertThat(thread.memory()).isEmpty();
    }

    @Test
    void shouldActivateWhatIsBufferedAndAskForTheRestWhenToldToCompact() {
        // given chunks that wait, below the threshold
        untilBuffered();
        assertThat(thread.memory()).isEmpty();
        // when
        thread.compacts();
        // then
        assertThat(thread.memory()).isNotEmpty();
        // given nothing that would be asked for by itself yet
        ObservedThread other = new ObservedThread(Policy.standard());
        for (int i = 0; i < 14; i++) {
            other.says(Role.USER, 380);
        }
        for (int i = 0; i < Policy.standard().keepRawTurns(); i++) {
            other.says(Role.USER, 10);
        }
        assertThat(other.requests()).isEmpty();
        // when
        other.compacts();
        // then
        assertThat(other.requests()).singleElement().satisfies(request -> {
            assertThat(request.range()).isEqualTo(new SeqRange(0, 13));
            assertThat(request.priority()).isEqualTo(ObservationRequest.Priority.HIGH);
        });
    }

    @Test
    void shouldKeepTheNewestTurnsRawHoweverFullThePromptIs() {
        // given
        for (int i = 0; i < 100; i++) {
            thread.says(Role.USER, 300).reports(FULL).observes();
        }
        // then
        assertThat(thread.state().uncovered()).hasSizeGreaterThanOrEqualTo(Policy.standard().keepRawTurns());
    }

    @Test
    void shouldNotObserveInSmallBitsWhenEveryCallIsReportedFull() {
        // given an agent whose own prompt alone is over the line, whatever memory does
        for (int i = 0; i < 1_000; i++) {
            thread.says(Role.ASSISTANT, 100).reports(FULL + 20_000).observes();
        }
        // then no chunk is smaller than the policy finds worth observing
        assertThat(thread.requests()).hasSizeBetween(10, 100_000 / (int) Policy.standard().minBufferInterval());
    }

    @Test
    void shouldGoBackToTheThresholdWhenThePromptFitsAgain() {
        // given
        untilBuffered();
        thread.reports(FULL).observes();
        int activated = thread.memory().size();
        // when
        thread.reports(1_000);
        says(10, 400);
        thread.observes();
        // then
        assertThat(thread.memory()).hasSize(activated);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "all of them", "100000001", ""})
    void shouldIgnoreAndCountAReportThatMakesNoSense(String tokens) {
        // given
        untilBuffered();
        ObserverState before = thread.state();
        // when
        thread.obeys(Command.Kind.USAGE, Map.of("inputTokens", tokens));
        // then
        assertThat(thread.state()).isEqualTo(before);
        assertThat(thread.counts()).containsExactly(Observer.IGNORED);
    }

    @Test
    void shouldActivateWhatIsBufferedAndAskForNothingMoreWhenAnotherModelIsCalled() {
        // given
        thread.repliesAs("one", 10);
        untilBuffered();
        int asked = thread.requests().size();
        // when
        thread.repliesAs("other", 10);
        // then
        assertThat(thread.memory()).isNotEmpty();
        assertThat(thread.requests()).hasSize(asked);
    }

    @Test
    void shouldNotActivateAtEveryTurnWhenAnAgentGoesBackAndForthBetweenTwoModels() {
        // given both models were called lately
        thread.repliesAs("one", 10).repliesAs("other", 10);
        untilBuffered();
        // when
        for (int i = 0; i < 10; i++) {
            thread.repliesAs("one", 10).repliesAs("other", 10);
        }
        // then both still have their caches
        assertThat(thread.memory()).isEmpty();
    }

    @Test
    void shouldActivateWhenAModelIsCalledAgainAfterItsCacheExpired() {
        // given
        thread.repliesAs("one", 10).repliesAs("other", 10);
        untilBuffered();
        for (int i = 0; i < 400; i++) {
            thread.repliesAs("other", 1);
        }
        assertThat(thread.memory()).isEmpty();
        // when
        thread.repliesAs("one", 10);
        // then
        assertThat(thread.memory()).isNotEmpty();
    }

    private void says(int turns, long tokens) {
        for (int i = 0; i < turns; i++) {
            thread.says(Role.USER, tokens);
        }
    }

    /** Below the threshold, with chunks in front of the raw tail. */
    private void untilBuffered() {
        for (int i = 0; i < 22; i++) {
            thread.says(Role.USER, 1_000).observes();
        }
        assertThat(thread.memory()).isEmpty();
        assertThat(thread.state().chunks().buffered()).isNotEmpty();
    }
}
