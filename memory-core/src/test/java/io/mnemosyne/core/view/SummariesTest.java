package io.mnemosyne.core.view;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.assemble.Conversations;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.fidelity.SummaryResult.Outcome;
import io.mnemosyne.core.view.ViewEffect.Summarize;

import static org.assertj.core.api.Assertions.assertThat;

/** Better texts than excerpts come when they come, and never disturb what is shown until the next epoch. */
class SummariesTest {
    private static final String APP = "src/App.java";
    private static final String OTHER = "src/Other.java";
    private static final String TEXT = GradedThread.file("app", 100);
    private static final Outcome FAILED = new SummaryResult.Failed("busy", true);
    private final GradedThread thread = new GradedThread(GradedThread.summarizing());

    @Test
    void shouldAskForOneSummaryAtATime() {
        // given
        thread.reads(APP, TEXT);
        thread.reads(OTHER, GradedThread.file("other", 100));
        // when
        thread.goesOn(2).pauses().goesOn(3);
        // then
        assertThat(asked()).singleElement().satisfies(ask -> {
            assertThat(ask.fidelity()).isEqualTo(Fidelity.DETAILED);
            assertThat(ask.attempt()).isEqualTo(1);
        });
        // when it is answered
        answer(asked().getFirst(), "It computes numbers.");
        // then the next one is asked for
        assertThat(asked()).hasSize(2);
        assertThat(asked().getLast().object()).isNotEqualTo(asked().getFirst().object());
    }

    @Test
    void shouldAskForNothingWhenThePolicyWantsNoSummaries() {
        // given
        GradedThread without = new GradedThread(GradedThread.POLICY);
        // when
        without.reads(APP, TEXT);
        without.goesOn(2).pauses();
        // then
        assertThat(without.view.asked()).isEmpty();
    }

    @Test
    void shouldShowASummaryFromTheNextEpochOn() {
        // given
        askForOne();
        String before = thread.prompt();
        // when
        answer(asked().getFirst(), "It computes numbers by appCompute7.");
        thread.goesOn(1);
        // then nothing in front of what is new has changed
        assertThat(thread.prompt()).startsWith(before);
        // when
        thread.pauses();
        // then
        assertThat(thread.prompt()).contains("It computes numbers by appCompute7.").contains("[Cannot answer: ");
        theHeadKnowsTheSize();
    }

    @Test
    void shouldKeepTheExcerptWhenASummaryInventsAName() {
        // given
        askForOne();
        // when
        answer(asked().getFirst(), "It calls src/main/java/Invented.java for 4711 things.");
        thread.pauses();
        // then
        assertThat(thread.view.counts).contains(Summaries.REFUSED);
        assertThat(thread.prompt()).doesNotContain("Invented").contains("[Summary of file_context");
    }

    @Test
    void shouldTakeNoAnswerTwice() {
        // given
        askForOne();
        Summarize ask = asked().getFirst();
        answer(ask, "It computes numbers.");
        ViewState after = thread.view.head;
        // when
        answer(ask, "It computes other numbers.");
        // then
        assertThat(thread.view.head).isEqualTo(after);
        assertThat(thread.view.counts).containsOnlyOnce(Summaries.STALE_SUMMARY);
    }

    @Test
    void shouldAskOnceMoreWhenARequestFailed() {
        // given
        askForOne();
        Summarize first = asked().getFirst();
        // when
        answer(first, FAILED);
        // then
        assertThat(asked()).hasSize(2);
        assertThat(asked().getLast().requestId()).isEqualTo(first.requestId());
        assertThat(asked().getLast().attempt()).isEqualTo(2);
        // when that fails, too
        answer(asked().getLast(), FAILED);
        thread.goesOn(3);
        // then
        assertThat(asked()).hasSize(2);
        assertThat(thread.view.head.asked()).isEmpty();
        assertThat(thread.view.counts).contains(Summaries.FAILED);
    }

    @Test
    void shouldGoOnWaitingWhenAFailureIsToldTwice() {
        // given a second attempt is under way
        thread.reads(OTHER, GradedThread.file("other", 100));
        askForOne();
        Summarize first = asked().getFirst();
        answer(first, FAILED);
        // when
        answer(first, FAILED);
        // then
        assertThat(asked()).hasSize(2);
        assertThat(thread.view.head.asked()).isPresent();
        // when the answer comes after all
        answer(asked().getLast(), "It computes numbers.");
        // then it is taken, and the next one is asked for
        assertThat(thread.view.counts).doesNotContain(Summaries.FAILED);
        assertThat(asked()).hasSize(3);
    }

    @Test
    void shouldTakeTheAnswerOfAnOlderAttempt() {
        // given
        askForOne();
        Summarize first = asked().getFirst();
        answer(first, new SummaryResult.Expired());
        assertThat(asked()).hasSize(2);
        // when
        answer(first, "It computes numbers.");
        thread.pauses();
        // then
        assertThat(thread.prompt()).contains("It computes numbers.");
    }

    @Test
    void shouldForgetARequestThatNobodyAnswersForLong() {
        // given
        askForOne();
        // when
        thread.goesOn(210);
        // then
        assertThat(thread.view.head.asked()).isEmpty();
        assertThat(thread.view.counts).containsOnlyOnce(Summaries.LOST);
        ViewState after = thread.view.head;
        // when it is answered too late
        answer(asked().getFirst(), "It computes numbers.");
        // then
        assertThat(thread.view.head).isEqualTo(after);
    }

    @Test
    void shouldKnowTheSizeOfAnObjectWhoseSummaryIsShorterThanItsCompactForm() {
        // given
        SemanticObject file = thread.reads(APP, GradedThread.file("app", 400));
        thread.goesOn(2).pauses().goesOn(6).pauses();
        assertThat(thread.shown(file)).isEqualTo(Fidelity.COMPACT);
        // when
        answer(asked().getFirst(), "Numbers.");
        thread.pauses();
        // then
        theHeadKnowsTheSize();
    }

    @Test
    void shouldKeepTheSummaryOfTheFormThatIsShown() {
        // given
        SemanticObject file = askForOne();
        // when
        answer(asked().getFirst(), "It computes numbers.");
        // then both are kept until the new one is shown
        assertThat(thread.view.forms()).containsExactlyInAnyOrder(file.id(), file.id() + ".1");
        // when
        thread.pauses();
        // then
        assertThat(thread.view.forms()).containsExactly(file.id() + ".1");
    }

    private SemanticObject askForOne() {
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(2).pauses();
        assertThat(asked()).hasSize(1);
        return file;
    }

    private List<Summarize> asked() {
        return thread.view.asked();
    }

    private void answer(Summarize ask, String text) {
        answer(ask, new SummaryResult.Summarized(ask.object(), ask.fidelity(), text, List.of(),
                new Provenance("", "", "", 0, 0)));
    }

    private void answer(Summarize ask, Outcome outcome) {
        thread.view.live(new ViewInput.OfSummaries(
                new SummaryResult(Conversations.THREAD, 0, ask.requestId(), ask.attempt(), outcome)));
    }

    private void theHeadKnowsTheSize() {
        assertThat(Conversations.COUNTER.count(thread.prompt()))
                .isLessThanOrEqualTo((int) thread.view.prompt().tokens());
        assertThat(thread.view.head.tokensInView()).isBetween(thread.view.prompt().tokens() - 100,
                thread.view.prompt().tokens());
    }
}
