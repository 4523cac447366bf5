package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.view.ViewEvent.Cause;
import io.mnemosyne.core.view.ViewEvent.Change;
import io.mnemosyne.core.view.ViewEvent.Refusal;

import static org.assertj.core.api.Assertions.assertThat;

/** What an agent brings back is there at once, at the end of its prompt, and in its place from the next epoch on. */
class RestoringTest {
    private static final String APP = "src/App.java";
    private static final String TEXT = GradedThread.file("app", 60);
    private final GradedThread thread = new GradedThread(GradedThread.POLICY);

    @Test
    void shouldRepeatTheTextAtTheEndOfThePromptUntilItTakesItsPlaceAtTheNextEpoch() {
        // given a stub
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(6).pauses();
        assertThat(thread.shown(file)).isEqualTo(Fidelity.STUB);
        String before = thread.prompt();
        int epochs = thread.epochs().size();
        // when
        restore(file);
        // then the prompt has grown at its end and nowhere else
        assertThat(thread.prompt()).startsWith(before);
        assertThat(thread.prompt().substring(before.length())).startsWith("\n## Turn 1: result of read, repeated")
                .contains(TEXT);
        // and what is said next comes after it
        String restored = thread.prompt();
        thread.goesOn(1);
        assertThat(thread.prompt()).startsWith(restored);
        assertThat(thread.epochs()).hasSize(epochs);
        // when
        thread.pauses();
        // then
        assertThat(kinds()).doesNotContain(Block.Kind.RESTORED);
        assertThat(thread.prompt()).containsOnlyOnce(TEXT);
        assertThat(thread.epochs().getLast().changes())
                .contains(new Change(file.id(), Fidelity.STUB, Fidelity.FULL, Cause.ASKED));
    }

    @Test
    void shouldTellInTheJournalWhatItDidAndWhatThatTook() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(6).pauses();
        long before = thread.view.head.tokensInView();
        // when
        restore(file);
        // then
        assertThat(obeyed()).containsExactly(new ViewEvent.Obeyed(1, thread.view.head.turns().nextSeq() - 1,
                Command.Kind.RESTORE, List.of(file.id()), List.of(), Optional.empty(),
                thread.view.head.tokensInView() - before, Optional.empty()));
        assertThat(obeyed().getFirst().tokens()).isGreaterThan(file.tokens());
    }

    @Test
    void shouldAppendNothingWhenAllOfItIsInView() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        SemanticObject small = thread.runs("pwd", "/work");
        thread.goesOn(6).pauses();
        restore(file);
        String once = thread.prompt();
        // when once more, and what was never shown shorter
        restore(file);
        restore(small);
        // then
        assertThat(thread.prompt()).isEqualTo(once);
        assertThat(obeyed()).extracting(ViewEvent.Obeyed::refusal).containsOnly(Optional.empty());
        assertThat(obeyed()).extracting(ViewEvent.Obeyed::tokens).endsWith(0L, 0L);
    }

    @Test
    void shouldNotTakeForAFaultWhatIsUsedAfterItWasBroughtBack() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(6).pauses();
        restore(file);
        // when
        thread.says("So src/App.java has appField7 = appCompute7(appBase49).");
        thread.reads(APP, TEXT);
        // then
        assertThat(thread.faults()).isEmpty();
    }

    @Test
    void shouldKeepItForAWhileAndLetItGoThen() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(6).pauses();
        restore(file);
        // when younger objects are shown shorter
        thread.goesOn(15).pauses();
        assertThat(thread.shown(file)).isEqualTo(Fidelity.FULL);
        // then
        thread.goesOn(10).pauses();
        assertThat(thread.shown(file)).isEqualTo(Fidelity.STUB);
    }

    @Test
    void shouldCarryACopyOfWhatASegmentHasPassed() {
        // given an object that nobody sees any more
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(6).observes(thread.view.head.turns().nextSeq() - 2).goesOn(10).pauses();
        assertThat(thread.prompt()).doesNotContain("appField7");
        // when
        restore(file);
        // then
        assertThat(kinds().getLast()).isEqualTo(Block.Kind.RESTORED);
        assertThat(thread.prompt()).contains(TEXT);
        // when
        thread.pauses();
        // then
        assertThat(kinds()).contains(Block.Kind.USER).doesNotContain(Block.Kind.RESTORED);
        assertThat(thread.prompt()).containsOnlyOnce(TEXT);
        // when its time is over
        thread.goesOn(25).pauses();
        assertThat(thread.prompt()).doesNotContain("appField7");
    }

    @Test
    void shouldBringBackWhatIsTooSmallToBeHeldAndWhatAUserSaid() {
        // given turns that a segment has passed
        thread.user("First word of the user: " + "please ".repeat(900));
        SemanticObject said = thread.take(Role.USER, new Part.Text(
                Content.of("Mind the " + "gap ".repeat(700)))).objects().getFirst();
        SemanticObject small = thread.runs("pwd", "/home/me/project");
        thread.user("Go on.").goesOn(6).observes(thread.view.head.turns().nextSeq() - 2).pauses();
        assertThat(thread.prompt()).doesNotContain("/home/me/project", "Mind the");
        // when
        restore(small);
        restore(said);
        // then
        assertThat(thread.prompt()).contains("/home/me/project", "Mind the gap");
        thread.pauses();
        assertThat(thread.prompt()).containsOnlyOnce("/home/me/project").containsOnlyOnce("Mind the gap");
        assertThat(kinds()).doesNotContain(Block.Kind.RESTORED);
    }

    @Test
    void shouldBringBackAllObjectsOfATurn() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(6).pauses();
        // when
        thread.instructs(Command.Kind.RESTORE, Map.of("seq", "1"));
        // then
        assertThat(thread.prompt()).contains(TEXT);
        assertThat(obeyed().getLast().objects()).containsExactly(file.id());
    }

    @Test
    void shouldStandBehindTheResultsOfOpenCalls() {
        // given a stub, and two calls that wait
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(6).pauses();
        thread.take(Role.ASSISTANT, call("a"), call("b"));
        String open = thread.prompt();
        // when
        restore(file);
        // then
        assertThat(thread.prompt()).isEqualTo(open);
        thread.take(Role.TOOL, result("b"));
        String half = thread.prompt();
        assertThat(kinds()).doesNotContain(Block.Kind.RESTORED);
        thread.take(Role.TOOL, result("a"));
        assertThat(thread.prompt()).startsWith(half).contains(TEXT);
        assertThat(kinds().getLast()).isEqualTo(Block.Kind.RESTORED);
    }

    @Test
    void shouldShowLessOfOthersWhenTheCeilingCannotHoldItBeside() {
        // given a prompt that is nearly full of things that are in use
        SemanticObject old = thread.reads("src/Old.java", GradedThread.file("old", 500));
        thread.goesOn(8).pauses();
        assertThat(thread.shown(old)).isEqualTo(Fidelity.STUB);
        List<SemanticObject> others = fill("src/New%d.java", 3, 290);
        assertThat(thread.view.head.tokensInView() + old.tokens()).isGreaterThan(20_000);
        // when
        restore(old);
        // then
        assertThat(obeyed().getLast().refusal()).isEmpty();
        assertThat(thread.view.head.tokensInView()).isLessThan(20_000);
        assertThat(thread.prompt()).contains(GradedThread.file("old", 500));
        assertThat(others).anyMatch(other -> thread.shown(other) != Fidelity.FULL);
        assertThat(thread.epochs().getLast().reason()).isEqualTo(ViewEvent.Reason.CEILING);
    }

    @Test
    void shouldRefuseWhatTheCeilingCannotHoldWhateverElseIsShownShorter() {
        // given
        SemanticObject old = thread.reads("src/Old.java", GradedThread.file("old", 1_500));
        thread.goesOn(8).pauses();
        String before = thread.prompt();
        ViewState head = thread.view.head;
        // when
        restore(old);
        // then
        assertThat(thread.prompt()).isEqualTo(before);
        assertThat(thread.view.head.held().objects()).isEqualTo(head.held().objects());
        assertThat(obeyed()).singleElement().satisfies(refused -> {
            assertThat(refused.refusal()).contains(Refusal.NO_ROOM);
            assertThat(refused.missing()).containsExactly(old.id());
            assertThat(refused.tokens()).isBetween(old.tokens(), old.tokens() + 1_000);
        });
    }

    @Test
    void shouldRefuseWhatTheThreadDoesNotHave() {
        // given
        thread.reads(APP, TEXT);
        String before = thread.prompt();
        // when
        thread.instructs(Command.Kind.RESTORE, Map.of("object", "nothing"))
                .instructs(Command.Kind.RESTORE, Map.of("seq", "99"))
                .instructs(Command.Kind.RESTORE, Map.of());
        // then
        assertThat(thread.prompt()).isEqualTo(before);
        assertThat(obeyed()).extracting(ViewEvent.Obeyed::refusal).containsExactly(Optional.of(Refusal.NOT_FOUND),
                Optional.of(Refusal.NOT_FOUND), Optional.of(Refusal.NOT_UNDERSTOOD));
        assertThat(obeyed()).extracting(ViewEvent.Obeyed::number).containsExactly(1L, 2L, 3L);
    }

    private List<SemanticObject> fill(String path, int files, int lines) {
        List<SemanticObject> read = new ArrayList<>();
        IntStream.range(0, files).forEach(
                i -> read.add(thread.reads(path.formatted(i), GradedThread.file("part" + (char) ('a' + i), lines))));
        return read;
    }

    private static Part call(String id) {
        return new Part.ToolCall(id, "bash", Content.of("{}"));
    }

    private static Part result(String id) {
        return new Part.ToolResult(id, "bash", Content.of("done " + id), false);
    }

    private void restore(SemanticObject object) {
        thread.instructs(Command.Kind.RESTORE, Map.of("object", object.id()));
    }

    private List<ViewEvent.Obeyed> obeyed() {
        return thread.obeyed();
    }

    private List<Block.Kind> kinds() {
        return thread.view.prompt().blocks().stream().map(Block::kind).toList();
    }
}
