package io.mnemosyne.launcher.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.launcher.pipeline.Journal.Answer;
import io.mnemosyne.launcher.pipeline.Journal.Asked;
import io.mnemosyne.launcher.pipeline.Journal.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** The check that crash tests rest on finds each fault that a crash could leave. */
class JournalCheckTest {
    private static final ThreadKey THREAD = new ThreadKey("default", "checked");

    /** Thirty turns; three observations, the first two of which a reflection replaced. */
    private final Journal journal = sound();

    @Test
    void shouldFindNothingInASoundJournal() {
        assertThat(faults()).isEmpty();
        assertThat(journal.watermark()).isEqualTo(29);
        assertThat(journal.isAnswered()).isTrue();
    }

    @Test
    void shouldFindASegmentThatWasAppendedTwice() {
        journal.memory().add(journal.memory().getLast());
        assertThat(faults()).anyMatch(fault -> fault.contains("observation of 20-29 follows on 29"))
                .anyMatch(fault -> fault.contains("was written twice"));
    }

    @Test
    void shouldFindAnAnswerThatWasAppliedAgainToTurnsThatAReflectionCoversByNow() {
        journal.memory().add(observed(0, 9));
        assertThat(faults()).anyMatch(fault -> fault.contains("turn 0 is in 2 live segments"));
    }

    @Test
    void shouldFindAReflectionThatWasAppliedTwice() {
        journal.memory().add(journal.memory().get(2));
        assertThat(faults()).anyMatch(fault -> fault.contains("replaces o0, which is not live"));
    }

    @Test
    void shouldFindAGapBetweenObservations() {
        journal.memory().removeLast();
        journal.memory().add(observed(21, 29));
        assertThat(faults()).anyMatch(fault -> fault.contains("follows on 19"))
                .anyMatch(fault -> fault.contains("turn 20 is in 0 live segments"));
    }

    @Test
    void shouldFindAReflectionThatDropsTurns() {
        journal.memory().set(2, reflected(0, 15, "o0", "o10"));
        assertThat(faults()).anyMatch(fault -> fault.contains("reflection of 0-15 replaces [0-9, 10-19]"))
                .anyMatch(fault -> fault.contains("turn 16 is in 0 live segments"));
    }

    @Test
    void shouldFindARequestThatWasSentTwiceUnderOneAttempt() {
        journal.asked().add(journal.asked().getFirst());
        assertThat(faults()).containsExactly("attempt 1 of the OBSERVER's request about 0-9 was sent twice");
    }

    @Test
    void shouldTakeARetryForWhatItIs() {
        journal.asked().add(asked("r1", 2, 0, 9));
        assertThat(faults()).isEmpty();
        assertThat(journal.isAnswered()).isFalse();
    }

    @Test
    void shouldFindARangeThatWasPaidForUnderTwoIds() {
        journal.asked().add(asked("other", 1, 0, 9));
        assertThat(faults()).anyMatch(fault -> fault.contains("4 requests about 3 subjects"))
                .anyMatch(fault -> fault.contains("asked about 0-9 after 29"));
    }

    @Test
    void shouldFindTwoUnansweredRequests() {
        journal.answers().removeFirst();
        assertThat(faults()).isEmpty();
        journal.answers().removeFirst();
        assertThat(faults()).containsExactly("the OBSERVER has 2 unanswered requests");
    }

    @Test
    void shouldFindATurnThatWasTakenTwice() {
        journal.turns().add(journal.turns().getLast());
        assertThat(faults()).anyMatch(fault -> fault.contains("turn 29 stands where 30 should"))
                .anyMatch(fault -> fault.contains("was taken twice"));
    }

    private List<String> faults() {
        return JournalCheck.faults(journal);
    }

    private static Journal sound() {
        Journal sound = Journal.empty();
        IntStream.range(0, 30).forEach(seq -> sound.turns().add(turn(seq)));
        sound.memory().addAll(List.of(observed(0, 9), observed(10, 19), reflected(0, 19, "o0", "o10"),
                observed(20, 29)));
        sound.asked().addAll(List.of(asked("r1", 1, 0, 9), asked("r2", 1, 10, 19), asked("r3", 1, 20, 29)));
        sound.asked().forEach(asked -> sound.answers().add(asked.sending()));
        return sound;
    }

    private static TurnsRecord turn(long seq) {
        RawTurn body = new RawTurn("e" + seq, Role.USER, List.of(new Part.Text(Content.of("turn " + seq))),
                Origin.UNKNOWN);
        return new TurnsRecord(THREAD, 0, new Position("turns.raw", 0, seq),
                new TurnEvent.Appended(new Turn(THREAD, 0, seq, body, 10, List.of())));
    }

    private static MemoryEvent observed(long from, long to) {
        return new MemoryEvent.Observed(segment("o" + from, Segment.Kind.OBSERVATION, from, to));
    }

    private static MemoryEvent reflected(long from, long to, String... replaces) {
        return new MemoryEvent.Reflected(segment("r" + from, Segment.Kind.REFLECTION, from, to),
                new ArrayList<>(List.of(replaces)));
    }

    private static Segment segment(String id, Segment.Kind kind, long from, long to) {
        return new Segment(id, kind, new SeqRange(from, to), 0, List.of(), Optional.empty(), Optional.empty(),
                Optional.empty(), 1);
    }

    private static Asked asked(String id, int attempt, long from, long to) {
        SeqRange range = new SeqRange(from, to);
        return new Asked(new Answer(Kind.OBSERVER, id, attempt), range, range.toString());
    }
}
