package io.mnemosyne.core.observe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.TurnFacts;

import static org.assertj.core.api.Assertions.assertThat;

/** How other systems that observe conversations are known to fail. What the other tests of this package cover is not here. */
class KnownObserverFailuresTest {
    private static final Policy POLICY = Policy.standard();
    private final ObservedThread thread = new ObservedThread(POLICY);

    @Test
    void shouldObserveAFirstMessageThatIsLargerThanAnyChunkAndSayWhereItIsInFull() {
        // given
        thread.says(Role.USER, 200_000);
        // when the agent goes on
        for (int i = 0; i < POLICY.keepRawTurns(); i++) {
            thread.says(Role.ASSISTANT, 100).observes();
        }
        // then
        assertThat(thread.memory()).singleElement().satisfies(segment -> {
            assertThat(segment.range()).isEqualTo(SeqRange.of(0));
            assertThat(segment.entries()).extracting(LogEntry::text).containsExactly("noted 0-0",
                    "200,000 tokens, of which only beginning and end were observed; to be recalled by turn");
        });
    }

    @Test
    void shouldCountAToolResultInFullHoweverLittleOfItIsShownToTheObserver() {
        // when one result alone passes the synchronous line
        thread.says(Role.USER, 10).calls(10, "c").answers(POLICY.synchronousLine(), "c").says(Role.ASSISTANT, 10);
        // then
        assertThat(thread.unanswered()).hasValueSatisfying(
                request -> assertThat(request.priority()).isEqualTo(ObservationRequest.Priority.HIGH));
    }

    @Test
    void shouldNotAskAgainForWhatHeldNothingNotable() {
        // given a worker that never finds anything
        for (int i = 0; i < 300; i++) {
            thread.says(Role.USER, 300).worker(ObservedThread.nothing());
        }
        // then no turn was asked for twice, and coverage went on
        assertThat(thread.requests()).extracting(ObserverEffect.Request::attempt).containsOnly(1);
        assertThat(thread.requests().stream().mapToLong(request -> request.range().size()).sum())
                .isLessThanOrEqualTo(thread.turns().size());
        assertThat(thread.state().uncoveredTokens()).isLessThan(POLICY.synchronousLine());
    }

    @Test
    void shouldWorkOffABacklogLargerThanTheHelpersWindowInChunksThatFitOldestFirst() {
        // given nobody observed for long
        for (int i = 0; i < 300; i++) {
            thread.calls(100, "c" + i).answers(1_900, "c" + i);
        }
        assertThat(thread.state().uncoveredTokens()).isGreaterThan(4 * POLICY.utilityWindow());
        // when a worker comes back
        while (thread.unanswered().isPresent()) {
            thread.observes();
        }
        // then
        assertThat(thread.requests()).hasSizeGreaterThan(15).allSatisfy(request -> assertThat(thread.turns().stream()
                .filter(turn -> request.range().contains(turn.seq())).mapToLong(TurnFacts::tokens).sum())
                .isLessThanOrEqualTo(BufferInterval.cap(POLICY)));
        assertThat(thread.requests()).extracting(request -> request.range().from()).isSorted();
        // and the newest turns stay raw all the same
        assertThat(thread.state().uncovered()).hasSizeGreaterThanOrEqualTo(POLICY.keepRawTurns());
        assertThat(thread.state().uncoveredTokens()).isLessThan(POLICY.observationThreshold());
    }

    @Test
    void shouldKeepTaskAndNextStepWhenChunksAreActivated() {
        // given
        while (thread.unanswered().isEmpty()) {
            thread.says(Role.USER, 1_000);
        }
        SeqRange range = thread.unanswered().orElseThrow().range();
        thread.worker(new ObservationResult.Observed(
                List.of(new LogEntry(LogEntry.Priority.NOTABLE, LogEntry.Kind.FACT, range, Optional.empty(), "a fact")),
                Optional.of("Port the parser"), Optional.of("porting"), Optional.of("run the tests"),
                new Provenance("p", "m", "1", 0, 0)));
        // when
        while (thread.memory().isEmpty()) {
            thread.says(Role.USER, 1_000).observes();
        }
        // then
        Segment first = thread.memory().getFirst();
        assertThat(first.currentTask()).contains("porting");
        assertThat(first.nextStep()).contains("run the tests");
    }

    @Test
    void shouldMissNoTurnWhenClocksGoBackwards() {
        // given
        for (int i = 0; i < 200; i++) {
            // when every record is older than the one before
            thread.isQuietFor(Duration.ofHours(-1));
            thread.says(Role.USER, 500).observes();
        }
        // then
        assertThat(thread.memory()).isNotEmpty();
        assertThat(thread.baseForms().stream().mapToLong(SeqRange::size).sum()).isEqualTo(200);
    }

    @Test
    void shouldActivateOnceWhenQuietIsNoticedTwice() {
        // given
        untilBuffered();
        thread.isQuietFor(Duration.ofMinutes(6));
        int activated = thread.memory().size();
        // when
        thread.isQuietFor(Duration.ofMinutes(6));
        // then
        assertThat(activated).isPositive();
        assertThat(thread.memory()).hasSize(activated);
    }

    @Test
    void shouldKeepTurnsRawWhileTheirChunkWaits() {
        // when
        untilBuffered();
        // then nothing is hidden that no segment shows
        assertThat(thread.baseForms()).hasSize(thread.turns().size());
    }

    @Test
    void shouldSayThatNobodySummedTurnsUpInsteadOfThatTheyHeldNothing() {
        // given
        while (thread.unanswered().isEmpty()) {
            thread.says(Role.USER, 1_000);
        }
        SeqRange range = thread.unanswered().orElseThrow().range();
        // when no attempt answers with anything usable
        for (int attempt = 0; attempt <= Observer.MAX_ATTEMPTS; attempt++) {
            thread.worker(ObservedThread.observed(new SeqRange(90_000, 90_001), "rests on nothing"));
        }
        // then coverage goes on, and tells where to look
        assertThat(thread.state().chunks().buffered()).singleElement().satisfies(segment -> {
            assertThat(segment.range()).isEqualTo(range);
            assertThat(segment.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.seqs()).isEqualTo(range);
                assertThat(entry.text()).isEqualTo("no observer could sum these turns up; to be recalled by turn");
            });
        });
    }

    /** Below the threshold, with chunks in front of the raw tail. */
    private void untilBuffered() {
        for (int i = 0; i < 24; i++) {
            thread.says(Role.USER, 1_000).observes();
        }
        assertThat(thread.memory()).isEmpty();
        assertThat(thread.state().chunks().buffered()).isNotEmpty();
    }
}
