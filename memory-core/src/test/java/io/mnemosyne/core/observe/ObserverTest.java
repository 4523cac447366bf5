package io.mnemosyne.core.observe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;

import static org.assertj.core.api.Assertions.assertThat;

class ObserverTest {
    private final ObservedThread thread = new ObservedThread(Policy.standard());

    @Test
    void shouldObserveASessionOfHundredsOfToolResultsOnOneUserTurn() {
        // given
        thread.says(Role.SYSTEM, 3_000).says(Role.USER, 400);
        long most = 0;
        // when a worker answers every request before the next turn
        for (int i = 0; i < 500; i++) {
            thread.calls(60, "call-" + i).observes().answers(200 + (i * 37) % 2_500, "call-" + i).observes();
            most = Math.max(most, thread.state().uncoveredTokens());
        }
        // then
        assertThat(most).isLessThan(Policy.standard().synchronousLine());
        assertThat(thread.state().watermark()).as("the user turn is covered too").isGreaterThan(900);
        assertThat(thread.memory()).hasSizeBetween(30, 150);
    }

    @Test
    void shouldKeepTheNewestTurnsRawWhenItActivates() {
        // when
        untilActivation();
        // then
        assertThat(thread.state().uncovered()).hasSizeGreaterThanOrEqualTo(Policy.standard().keepRawTurns());
        assertThat(thread.state().uncoveredTokens()).isBetween(3_000L, 12_000L);
    }

    @Test
    void shouldNotCallAModelForAShortThread() {
        // when
        for (int i = 0; i < 10; i++) {
            thread.says(Role.USER, 200).says(Role.ASSISTANT, 200);
        }
        // then
        assertThat(thread.requests()).isEmpty();
    }

    @Test
    void shouldAskForNothingAsLongAsThePolicyOfTheThreadIsToShowObjectsShorterOnly() {
        // given
        thread.obeys(Command.Kind.POLICY, Map.of("policy", Policy.FIDELITY));
        for (int i = 0; i < 100; i++) {
            thread.says(Role.USER, 1_000).says(Role.ASSISTANT, 1_000);
        }
        assertThat(thread.requests()).isEmpty();
        // when
        thread.obeys(Command.Kind.POLICY, Map.of("policy", Policy.HYBRID));
        thread.says(Role.USER, 1_000);
        // then
        assertThat(thread.requests()).hasSize(1);
    }

    @Test
    void shouldNotCountSystemTurnsAndCoverThemAllTheSame() {
        // given
        thread.says(Role.SYSTEM, 90_000);
        assertThat(thread.requests()).isEmpty();
        // when
        untilActivation();
        // then
        assertThat(thread.memory().getFirst().range().from()).isZero();
        assertThat(thread.state().uncovered()).noneMatch(turn -> turn.role() == Role.SYSTEM);
    }

    @Test
    void shouldCoverARangeWithAnEmptySegmentWhenNothingWasNotable() {
        // given
        untilRequested();
        SeqRange range = thread.unanswered().orElseThrow().range();
        // when
        thread.worker(ObservedThread.nothing());
        // then
        assertThat(thread.state().observedThrough()).isEqualTo(range.to());
        assertThat(thread.state().chunks().buffered().getFirst().entries()).isEmpty();
    }

    @Test
    void shouldCoverNothingAndRetryUnderTheSameIdWhenACallFails() {
        // given
        untilRequested();
        ObserverEffect.Request first = thread.unanswered().orElseThrow();
        // when
        thread.worker(new ObservationResult.Failed("overloaded", true));
        // then
        ObserverEffect.Request second = thread.unanswered().orElseThrow();
        assertThat(second.requestId()).isEqualTo(first.requestId());
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(thread.state().observedThrough()).isEqualTo(-1);
    }

    @Test
    void shouldDegradeAtOnceWhenAFailureIsFinal() {
        // given
        untilRequested();
        // when
        thread.worker(new ObservationResult.Failed("content refused", false));
        // then
        assertThat(thread.unanswered().orElseThrow().attempt()).isEqualTo(Observer.MAX_ATTEMPTS + 1);
        assertThat(thread.counts()).contains(Observer.DEGRADED);
    }

    @Test
    void shouldWaitForALeaseWhenEvenTheDegradedAttemptFails() {
        // given
        untilRequested();
        thread.worker(new ObservationResult.Failed("content refused", false));
        int sent = thread.requests().size();
        // when
        thread.worker(new ObservationResult.Failed("no disk", true));
        // then nothing is sent until the lease passes
        assertThat(thread.requests()).hasSize(sent);
        thread.worker(new ObservationResult.Expired());
        assertThat(thread.requests()).hasSize(sent + 1);
    }

    @Test
    void shouldApplyTheAnswerOfAnEarlierAttemptSincePaidWorkCounts() {
        // given
        untilRequested();
        ObserverEffect.Request first = thread.unanswered().orElseThrow();
        thread.worker(new ObservationResult.Expired());
        // when
        thread.answer(first, ObservedThread.observed(first.range(), "came late"));
        // then
        assertThat(thread.state().observedThrough()).isEqualTo(first.range().to());
    }

    @Test
    void shouldIgnoreTheFailureOfAnEarlierAttempt() {
        // given
        untilRequested();
        ObserverEffect.Request first = thread.unanswered().orElseThrow();
        thread.worker(new ObservationResult.Expired());
        // when
        thread.answer(first, new ObservationResult.Failed("overloaded", true));
        // then
        assertThat(thread.unanswered().orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    void shouldIgnoreTheUselessAnswerOfAnEarlierAttempt() {
        // given a degraded attempt in flight
        untilRequested();
        ObserverEffect.Request first = thread.unanswered().orElseThrow();
        thread.worker(new ObservationResult.Expired()).worker(new ObservationResult.Expired())
                .worker(new ObservationResult.Expired());
        ObserverState before = thread.state();
        // when
        thread.answer(first, ObservedThread.observed(new SeqRange(9_000, 9_001), "rests on nothing"));
        // then
        assertThat(thread.state()).isEqualTo(before);
        assertThat(thread.counts()).last().isEqualTo(Observer.STALE_RESULT);
        // when the answer that is waited for comes
        thread.observes();
        // then
        assertThat(thread.state().chunks().buffered()).singleElement()
                .satisfies(segment -> assertThat(segment.entries()).hasSize(1));
    }

    @Test
    void shouldTreatAnAnswerWithoutUsableEntriesAsAFailure() {
        // given
        untilRequested();
        // when
        thread.worker(ObservedThread.observed(new SeqRange(9_000, 9_001), "rests on nothing"));
        // then
        assertThat(thread.unanswered().orElseThrow().attempt()).isEqualTo(2);
        assertThat(thread.counts()).contains(Observer.DROPPED_ENTRY, Observer.EMPTY_ANSWER);
    }

    @Test
    void shouldClipLongEntriesAndLeaveOutTheLeastImportantOnes() {
        // given
        untilRequested();
        SeqRange range = thread.unanswered().orElseThrow().range();
        List<LogEntry> entries = IntStream.range(0, 40)
                .mapToObj(i -> new LogEntry(i == 39 ? LogEntry.Priority.CRITICAL : LogEntry.Priority.MINOR,
                        LogEntry.Kind.FACT, range, Optional.empty(), "x".repeat(5_000)))
                .toList();
        // when
        thread.worker(new ObservationResult.Observed(entries, Optional.of("A\ntitle"), Optional.of(" "),
                Optional.empty(), new Provenance("p", "m", "1", 0, 0)));
        // then
        var segment = thread.state().chunks().buffered().getFirst();
        assertThat(segment.entries()).hasSize(24).allMatch(entry -> entry.text().length() == 2_000)
                .anyMatch(entry -> entry.priority() == LogEntry.Priority.CRITICAL);
        assertThat(segment.title()).contains("A title");
        assertThat(segment.currentTask()).isEmpty();
    }

    @Test
    void shouldObserveAGiantTurnAsAChunkOfItsOwn() {
        // when
        thread.says(Role.USER, 500).calls(50, "c").answers(700_000, "c").says(Role.ASSISTANT, 20);
        // then first what fits, then the giant with its call
        assertThat(thread.unanswered().orElseThrow().range()).isEqualTo(new SeqRange(0, 0));
        thread.observes();
        assertThat(thread.unanswered().orElseThrow().range()).isEqualTo(new SeqRange(1, 2));
        thread.observes();
        assertThat(thread.state().uncoveredTokens()).isEqualTo(20);
    }

    @Test
    void shouldKeepAnOpenToolGroupRawHoweverLargeItIs() {
        // when
        thread.says(Role.USER, 500).calls(50, "c").answers(700_000, "c").observes().observes();
        // then
        assertThat(thread.state().watermark()).isZero();
    }

    @Test
    void shouldAskWithHighPriorityAboveTheSynchronousLine() {
        // given a request at the normal priority whose answer takes long
        for (int i = 0; i < 60; i++) {
            thread.says(Role.USER, 1_000);
        }
        assertThat(thread.unanswered().orElseThrow().priority()).isEqualTo(ObservationRequest.Priority.NORMAL);
        // when
        thread.observes();
        // then
        assertThat(thread.unanswered().orElseThrow().priority()).isEqualTo(ObservationRequest.Priority.HIGH);
    }

    @Test
    void shouldActivateEarlyWhenTheThreadIsQuietLongerThanTheCacheLives() {
        // given chunks that wait, below the threshold
        for (int i = 0; i < 24; i++) {
            thread.says(Role.USER, 1_000).observes();
        }
        assertThat(thread.memory()).isEmpty();
        // when
        thread.isQuietFor(Duration.ofMinutes(5));
        // then
        assertThat(thread.memory()).isNotEmpty();
    }

    @Test
    void shouldRelayOnlyCommandsThatAreAboutMemory() {
        // when
        for (Command.Kind kind : List.of(Command.Kind.POLICY, Command.Kind.EDIT, Command.Kind.PIN)) {
            thread.obeys(kind);
        }
        // then
        assertThat(thread.relayed()).extracting(Command::kind).containsExactly(Command.Kind.POLICY, Command.Kind.EDIT);
    }

    @Test
    void shouldStartAfreshWhenTheThreadIsDeleted() {
        // given
        untilActivation();
        ObserverEffect.Request old = thread.requests().getLast();
        // when
        thread.obeys(Command.Kind.DELETE);
        thread.answer(old, ObservedThread.observed(old.range(), "of another life"));
        // then
        assertThat(thread.state()).isEqualTo(ObserverState.fresh(ObservedThread.KEY, 1));
        assertThat(thread.relayed()).extracting(Command::kind).containsExactly(Command.Kind.DELETE);
    }

    private void untilRequested() {
        while (thread.unanswered().isEmpty()) {
            thread.says(Role.USER, 500).says(Role.ASSISTANT, 500);
        }
    }

    private void untilActivation() {
        while (thread.memory().isEmpty()) {
            thread.says(Role.USER, 300).says(Role.ASSISTANT, 400).observes();
        }
    }
}
