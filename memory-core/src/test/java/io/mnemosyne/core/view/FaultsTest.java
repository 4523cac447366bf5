package io.mnemosyne.core.view;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.view.ViewEvent.FaultKind;
import io.mnemosyne.core.view.ViewEvent.Faulted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What the agent needs and does not see is counted once, and stays in view when it has been had again. */
class FaultsTest {
    @Test
    void shouldCountAFaultOfItsKindWhenTheFileWasReadAgainThatIsAStub() {
        // given
        SemanticObject first = readAndForget(6);
        assertThat(thread.shown(first)).isEqualTo(Fidelity.STUB);
        // when the call names the file, and its result is the same
        thread.reads(APP, TEXT);
        // then
        assertThat(thread.faults()).extracting(Faulted::kind).containsExactly(FaultKind.IDENTICAL);
    }

    private static final String APP = "src/App.java";
    private static final String TEXT = GradedThread.file("app", 40);
    private final GradedThread thread = new GradedThread(GradedThread.POLICY);

    @Test
    void shouldCountAFaultWhenTheSameIsReadAgainThatWasShownShorter() {
        // given
        SemanticObject first = readAndForget(2);
        assertThat(thread.shown(first)).isEqualTo(Fidelity.DETAILED);
        // when
        thread.reads(APP, TEXT);
        // then
        assertThat(thread.faults()).containsExactly(new Faulted(1, newestSeq(), first.id(), FaultKind.IDENTICAL,
                Fidelity.DETAILED));
    }

    @Test
    void shouldCountAnotherFaultWhenWhatIsReadAgainHasChanged() {
        // given
        SemanticObject first = readAndForget(2);
        // when
        SemanticObject second = thread.reads(APP, TEXT + "\nfinal int more = 1;");
        // then
        assertThat(thread.faults()).containsExactly(new Faulted(1, newestSeq(), first.id(), FaultKind.CHANGED,
                Fidelity.DETAILED));
        assertThat(thread.held(first).state().stale()).isTrue();
        assertThat(thread.held(second).state().pinned()).isTrue();
    }

    @Test
    void shouldCountNoFaultWhenOnlyThePathOfAStubIsNamed() {
        // given
        SemanticObject first = readAndForget(6);
        // when
        thread.says("I have to look at " + APP + " again.");
        // then it is wanted, but a path is no knowledge of what the file says
        assertThat(thread.faults()).isEmpty();
        assertThat(thread.held(first).state().wanted()).isTrue();
    }

    @Test
    void shouldCountAReferenceOnceWhenWhatAStubLacksIsToldAgainAndAgain() {
        // given
        SemanticObject first = readAndForget(6);
        // when
        thread.says("As I remember it:\n" + TEXT).says("Or rather:\n" + TEXT).goesOn(1);
        // then
        assertThat(thread.faults()).extracting(Faulted::object, Faulted::kind, Faulted::shown)
                .containsExactly(tuple(first.id(), FaultKind.REFERENCE, Fidelity.STUB));
        assertThat(thread.view.head.held().tally().references()).isEqualTo(1);
    }

    @Test
    void shouldCountOneFaultWhenAFileChangesAndChangesBack() {
        // given
        SemanticObject first = readAndForget(2);
        // when
        thread.reads(APP, TEXT + "\nfinal int more = 1;");
        thread.reads(APP, TEXT);
        // then
        assertThat(thread.faults()).extracting(Faulted::object, Faulted::kind)
                .containsExactly(tuple(first.id(), FaultKind.CHANGED));
    }

    @Test
    void shouldCountNoFaultWhenWhatIsReadAgainIsInViewInFull() {
        // given
        SemanticObject first = thread.reads(APP, TEXT);
        // when
        thread.reads(APP, TEXT);
        SemanticObject third = thread.reads(APP, TEXT + "\nfinal int more = 1;");
        // then
        assertThat(thread.faults()).isEmpty();
        assertThat(thread.held(first).state().stale()).isTrue();
        assertThat(thread.held(third).state().pinned()).isFalse();
    }

    @Test
    void shouldMakeEveryCopyStaleWhenAFileThatWasReadTwiceHasChanged() {
        // given the same content twice
        SemanticObject first = thread.reads(APP, TEXT);
        SemanticObject second = thread.reads(APP, TEXT);
        // when
        SemanticObject third = thread.reads(APP, TEXT + "\nfinal int more = 1;");
        // then
        assertThat(thread.held(first).state().stale()).isTrue();
        assertThat(thread.held(second).state().stale()).isTrue();
        assertThat(thread.held(third).state().stale()).isFalse();
    }

    @Test
    void shouldMakeAllPartsStaleWhenTheWholeFileIsRead() {
        // given two stretches of a file
        SemanticObject one = stretch(1, 20);
        SemanticObject two = stretch(21, 20);
        // when
        thread.reads(APP, TEXT);
        // then
        assertThat(thread.held(one).state().stale()).isTrue();
        assertThat(thread.held(two).state().stale()).isTrue();
        // and from the next epoch on they are out of view
        thread.goesOn(3).pauses();
        assertThat(thread.shown(one)).isEqualTo(Fidelity.STUB);
        assertThat(thread.shown(two)).isEqualTo(Fidelity.STUB);
    }

    @Test
    void shouldKeepInFullWhatWasReadAgainAfterAFault() {
        // given
        readAndForget(2);
        SemanticObject again = thread.reads(APP, TEXT);
        // when it would have aged
        thread.goesOn(10).pauses();
        // then
        assertThat(thread.shown(again)).isEqualTo(Fidelity.FULL);
        // when nobody uses it for longer than the pin holds
        thread.goesOn(20).pauses();
        // then
        assertThat(thread.shown(again)).isNotEqualTo(Fidelity.FULL);
    }

    @Test
    void shouldShowInFullAResultThatWasWithheldAndIsAskedForAgain() {
        // given a result that is too large to be shown in full unasked
        String output = GradedThread.file("log", 100);
        GradedThread careful = new GradedThread(GradedThread.withholding());
        SemanticObject first = careful.runs("./measure", output);
        assertThat(careful.shown(first)).isEqualTo(Fidelity.DETAILED);
        // when
        SemanticObject again = careful.runs("./measure", output);
        // then
        assertThat(careful.faults()).extracting(Faulted::kind).containsExactly(FaultKind.IDENTICAL);
        assertThat(careful.shown(again)).isEqualTo(Fidelity.FULL);
        assertThat(careful.prompt()).contains(output);
    }

    @Test
    void shouldTakeBackEveryFaultWhenTheThreadIsDeleted() {
        // given
        readAndForget(2);
        thread.reads(APP, TEXT);
        assertThat(thread.faults()).hasSize(1);
        // when
        thread.instructs(Command.Kind.DELETE, Map.of()).user("Begin again.");
        // then
        assertThat(thread.view.forgotten()).singleElement()
                .satisfies(forget -> assertThat(forget.faults()).isEqualTo(1));
        assertThat(thread.view.forms()).isEmpty();
        assertThat(thread.view.head.held().objects()).isEmpty();
        // and the next one is the first again
        readAndForget(2);
        thread.reads(APP, TEXT);
        assertThat(thread.faults()).extracting(Faulted::number).containsExactly(1L);
    }

    private SemanticObject readAndForget(int calls) {
        SemanticObject first = thread.reads(APP, TEXT);
        thread.goesOn(calls).pauses();
        return first;
    }

    private SemanticObject stretch(int from, int lines) {
        String part = String.join("\n", TEXT.lines().toList().subList(from - 1, from - 1 + lines));
        return thread.calls("read", "{\"path\": \"" + APP + "\", \"offset\": " + from + ", \"limit\": " + lines + "}",
                part, false);
    }

    private long newestSeq() {
        return thread.view.head.turns().nextSeq() - 1;
    }
}
