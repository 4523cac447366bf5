package io.mnemosyne.core.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.assemble.Conversations;

import static org.assertj.core.api.Assertions.assertThat;

class ViewTest {
    private static final String LONG_TEXT = "The build of module core failed again. ".repeat(50);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private final ThreadUnderTest thread = new ThreadUnderTest(Policy.standard());

    @Test
    void shouldShowAnObservationWhenCarryingItsTurnsHasCostWhatTheRewriteCosts() {
        // given the first eight turns observed
        talk(0, 9, LONG_TEXT);
        observe(0, 7);
        assertThat(thread.journal).isEmpty();
        // when the agent makes calls with all of them
        goOn();
        // then
        assertThat(thread.journal).singleElement().isInstanceOfSatisfying(ViewEvent.EpochOpened.class, epoch -> {
            assertThat(epoch.reason()).isEqualTo(ViewEvent.Reason.PAYS);
            assertThat(epoch.epoch()).isEqualTo(1);
            assertThat(epoch.watermark()).isEqualTo(7);
            assertThat(epoch.atSeq()).isBetween(9L, 12L);
            assertThat(epoch.tokensAfter()).isLessThan(epoch.tokensBefore() / 3);
        });
    }

    @Test
    void shouldKeepAnObservationBackWhenItSavesLessThanTheRewriteCosts() {
        // given one short turn in front of many long ones
        talk(0, 2, "Fix it.");
        talk(2, 20, LONG_TEXT);
        // when
        observe(0, 1);
        // then it is available but not shown
        assertThat(thread.journal).isEmpty();
        assertThat(thread.head.available().watermark()).isEqualTo(1);
        assertThat(thread.head.shown().watermark()).isEqualTo(-1);
    }

    @Test
    void shouldShowWhatWasKeptBackWhenTheCacheIsCold() {
        // given
        for (int seq = 0; seq < 20; seq++) {
            thread.read(Conversations.saidAt(seq, Role.ASSISTANT, seq < 2 ? "Fix it, please, soon." : LONG_TEXT, NOON));
        }
        observe(0, 1);
        // when the next turn comes within the cache's life
        thread.read(Conversations.saidAt(20, Role.USER, "Go on.", NOON.plusSeconds(300)));
        // then
        assertThat(thread.journal).isEmpty();
        // when the next one comes after it
        thread.read(Conversations.saidAt(21, Role.USER, "And now?", NOON.plusSeconds(601)));
        // then
        assertThat(thread.journal).singleElement().isInstanceOfSatisfying(ViewEvent.EpochOpened.class,
                epoch -> assertThat(epoch.reason()).isEqualTo(ViewEvent.Reason.CACHE_COLD));
    }

    @Test
    void shouldShowWhatWasKeptBackWhenTheViewNearsItsCeiling() {
        // given a budget of which a few long turns take 85%
        ThreadUnderTest small = new ThreadUnderTest(Policy.standard().scaledTo(5_000));
        small.read(Conversations.said(0, Role.USER, "Fix it, please, all of it, and then tell me what you did."));
        for (int seq = 1; seq <= 9; seq++) {
            small.read(Conversations.said(seq, Role.ASSISTANT, LONG_TEXT));
        }
        small.remember(new MemoryEvent.Observed(
                Lives.segment(Segment.Kind.OBSERVATION, new SeqRange(0, 1), 0)));
        assertThat(small.journal).isEmpty();
        // when
        small.read(Conversations.said(10, Role.ASSISTANT, LONG_TEXT));
        small.read(Conversations.said(11, Role.ASSISTANT, LONG_TEXT));
        // then
        assertThat(small.journal).singleElement().isInstanceOfSatisfying(ViewEvent.EpochOpened.class,
                epoch -> assertThat(epoch.reason()).isEqualTo(ViewEvent.Reason.CEILING));
    }

    @Test
    void shouldCarryTheNewestUserTurnAsACopyWhenASegmentHasPassedIt() {
        // given
        thread.read(Conversations.said(0, Role.USER, "Fix the build, but leave the tests alone."));
        talk(1, 9, LONG_TEXT);
        // when
        observe(0, 7);
        goOn();
        // then
        assertThat(thread.prompt().blocks()).filteredOn(block -> block.kind() == Block.Kind.USER).singleElement()
                .satisfies(copy -> assertThat(copy.text()).contains("Fix the build, but leave the tests alone."));
    }

    @Test
    void shouldCarryAPinnedTurnFromTheNextEpochOn() {
        // given
        talk(0, 3, "Something said once. ");
        thread.read(0, command(Command.Kind.PIN, Map.of("seq", "1")));
        talk(3, 9, LONG_TEXT);
        // when
        observe(0, 7);
        goOn();
        // then
        assertThat(thread.head.shown().copies()).extracting(TurnSize::seq).contains(1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "3", "9000000000", "", "one"})
    void shouldIgnoreAPinOfATurnThatThereIsNot(String seq) {
        // given
        talk(0, 3, LONG_TEXT);
        ReadTurns before = thread.head.turns();
        // when
        thread.read(0, command(Command.Kind.PIN, Map.of("seq", seq)));
        // then
        assertThat(thread.head.turns()).isEqualTo(before);
        assertThat(thread.journal).singleElement().isInstanceOfSatisfying(ViewEvent.Obeyed.class,
                pin -> assertThat(pin.refusal()).contains(ViewEvent.Refusal.NOT_FOUND));
    }

    @Test
    void shouldOpenAnEpochWhenThePolicyIsChanged() {
        // given
        talk(0, 3, LONG_TEXT);
        // when
        thread.read(0, command(Command.Kind.POLICY, Map.of("budget", "16000")));
        // then
        assertThat(thread.head.policy(Policy.standard()).budget()).isEqualTo(16_000);
        assertThat(thread.journal).singleElement().isInstanceOfSatisfying(ViewEvent.EpochOpened.class,
                epoch -> assertThat(epoch.reason()).isEqualTo(ViewEvent.Reason.EDITED));
    }

    @Test
    void shouldShowAnEditedProjectStateAtOnce() {
        // given
        talk(0, 3, LONG_TEXT);
        thread.remember(new MemoryEvent.Controlled(new Command("c1", Command.Kind.EDIT, Optional.empty(), Map.of())));
        // when
        thread.remember(new MemoryEvent.StateChanged(Lives.state(1)));
        // then
        assertThat(thread.prompt().text()).contains("Goal number 1");
        assertThat(thread.head.openEdits()).isZero();
    }

    @Test
    void shouldShowWhatComesOfEveryEditAtOnceWhenSeveralAreGivenInARow() {
        // given
        talk(0, 3, LONG_TEXT);
        Command edit = new Command("c1", Command.Kind.EDIT, Optional.empty(), Map.of());
        thread.remember(new MemoryEvent.Controlled(edit)).remember(new MemoryEvent.Controlled(edit));
        // when
        thread.remember(new MemoryEvent.StateChanged(Lives.state(1)))
                .remember(new MemoryEvent.StateChanged(Lives.state(2)));
        // then
        assertThat(thread.prompt().text()).contains("Goal number 2");
    }

    @Test
    void shouldKeepAStateBackThatComesOfNoEditWhenTheEditBeforeItChangedNothing() {
        // given a state that is shown, and an edit that was answered with the same state
        talk(0, 3, LONG_TEXT);
        Command edit = new Command("c1", Command.Kind.EDIT, Optional.empty(), Map.of());
        thread.remember(new MemoryEvent.Controlled(edit));
        thread.remember(new MemoryEvent.StateChanged(Lives.state(1)));
        thread.remember(new MemoryEvent.Controlled(edit));
        thread.remember(new MemoryEvent.StateChanged(Lives.state(1)));
        // when a reflection changes the state
        thread.remember(new MemoryEvent.StateChanged(Lives.state(2)));
        // then
        assertThat(thread.head.available().state().version()).isEqualTo(2);
        assertThat(thread.head.shown().state().version()).isEqualTo(1);
        assertThat(thread.counts).isEmpty();
    }

    @Test
    void shouldWaitForTheTurnsWhenTheMemoryIsAhead() {
        // given memory of turns that were not read yet
        observe(0, 7);
        assertThat(thread.journal).isEmpty();
        // when they are read
        talk(0, 9, LONG_TEXT);
        goOn();
        // then
        assertThat(thread.head.shown().watermark()).isEqualTo(7);
    }

    @Test
    void shouldKeepTheLastGoodViewWhenASegmentLeavesAHoleOrOverlaps() {
        // given
        talk(0, 9, LONG_TEXT);
        observe(0, 3);
        ViewState good = thread.head;
        // when
        observe(5, 7);
        observe(2, 7);
        thread.remember(new MemoryEvent.Reflected(Lives.segment(Segment.Kind.REFLECTION, new SeqRange(0, 7), 1),
                List.of("unknown")));
        thread.remember(new MemoryEvent.Reflected(Lives.segment(Segment.Kind.REFLECTION, new SeqRange(0, 7), 1),
                List.of()));
        // then
        assertThat(thread.head.shown()).isEqualTo(good.shown());
        assertThat(thread.head.available()).isEqualTo(good.available());
        assertThat(thread.counts).containsExactly(View.VIOLATION, View.VIOLATION, View.VIOLATION, View.VIOLATION);
        assertThat(thread.head.totals().violations()).isEqualTo(4);
    }

    @Test
    void shouldKeepTheLastGoodViewWhenATurnIsMissing() {
        // given
        talk(0, 3, LONG_TEXT);
        // when
        thread.read(Conversations.said(4, Role.USER, "One too far."));
        // then
        assertThat(thread.head.turns().nextSeq()).isEqualTo(3);
        assertThat(thread.counts).containsExactly(View.VIOLATION);
    }

    @Test
    void shouldMoveWhatIsAppliedWithEveryRecord() {
        // when
        thread.read(0, new TurnEvent.Skipped("e7", TurnEvent.Reason.DUPLICATE));
        // then
        assertThat(thread.head.appliedThrough().reached(new Position("turns.raw", 0, 0))).isTrue();
        assertThat(thread.head.appliedThrough().reached(new Position("turns.raw", 0, 1))).isFalse();
        assertThat(thread.head.appliedThrough().reached(new Position("commands", 0, 0))).isFalse();
    }

    @Test
    void shouldForgetEverythingButWhatWasAppliedWhenTheThreadIsDeleted() {
        // given
        talk(0, 9, LONG_TEXT);
        observe(0, 7);
        // when
        thread.read(1, command(Command.Kind.DELETE, Map.of()));
        // then
        assertThat(thread.rows()).isZero();
        assertThat(thread.journal).isEmpty();
        assertThat(thread.head.turns().nextSeq()).isZero();
        assertThat(thread.head.incarnation()).isEqualTo(1);
        assertThat(thread.head.appliedThrough().reached(new Position("turns.raw", 0, 9))).isTrue();
    }

    @Test
    void shouldDropRecordsOfAnOlderIncarnationButMoveWhatIsApplied() {
        // given a deletion that came through the memory first
        talk(0, 3, LONG_TEXT);
        thread.remember(1, new MemoryEvent.Controlled(
                new Command("c1", Command.Kind.DELETE, Optional.empty(), Map.of())));
        // when
        talk(3, 5, LONG_TEXT);
        observe(0, 2);
        // then
        assertThat(thread.head.turns().nextSeq()).isZero();
        assertThat(thread.counts).containsExactly(View.STALE, View.STALE, View.STALE);
        assertThat(thread.head.appliedThrough().reached(new Position("turns.raw", 0, 4))).isTrue();
    }

    @Test
    void shouldDropTheRowsOfReplacedSegmentsOnceTheyAreNoLongerShown() {
        // given two segments that are shown
        talk(0, 9, LONG_TEXT);
        observe(0, 3);
        observe(4, 7);
        goOn();
        int before = thread.rows();
        // when
        thread.remember(new MemoryEvent.Reflected(Lives.segment(Segment.Kind.REFLECTION, new SeqRange(0, 7), 1),
                List.of("OBSERVATION-0-3-0", "OBSERVATION-4-7-0")));
        // then all three are kept until the next epoch
        assertThat(thread.rows()).isEqualTo(before + 1);
        // when
        thread.read(0, command(Command.Kind.POLICY, Map.of("budget", "16000")));
        // then
        assertThat(thread.rows()).isEqualTo(before - 1);
        assertThat(thread.prompt().blocks()).extracting(Block::kind).contains(Block.Kind.REFLECTION)
                .doesNotContain(Block.Kind.OBSERVATION);
    }

    @Test
    void shouldKeepTheRowsOfReplacedSegmentsWhenAnEpochGoesOnShowingThem() {
        // given a segment that is shown, and a reflection that replaces it but reaches beyond the turns read so far
        talk(0, 9, LONG_TEXT);
        observe(0, 7);
        goOn();
        observe(8, 20);
        thread.remember(new MemoryEvent.Reflected(Lives.segment(Segment.Kind.REFLECTION, new SeqRange(0, 20), 1),
                List.of("OBSERVATION-0-7-0", "OBSERVATION-8-20-0")));
        // when
        thread.read(0, command(Command.Kind.POLICY, Map.of("budget", "16000")));
        // then
        assertThat(thread.prompt().blocks()).extracting(Block::kind).contains(Block.Kind.OBSERVATION);
    }

    private void talk(int from, int to, String text) {
        for (int seq = from; seq < to; seq++) {
            thread.read(Conversations.said(seq, Role.ASSISTANT, text + seq));
        }
    }

    /** The agent makes some calls. */
    private void goOn() {
        for (int i = 0; i < 4; i++) {
            thread.read(Conversations.said((int) thread.head.turns().nextSeq(), Role.ASSISTANT, "Going on."));
        }
    }

    private void observe(long from, long to) {
        thread.remember(new MemoryEvent.Observed(
                Lives.segment(Segment.Kind.OBSERVATION, new SeqRange(from, to), 0)));
    }

    private static TurnEvent command(Command.Kind kind, Map<String, String> arguments) {
        return new TurnEvent.Controlled(new Command("c1", kind, Optional.empty(), arguments));
    }
}
