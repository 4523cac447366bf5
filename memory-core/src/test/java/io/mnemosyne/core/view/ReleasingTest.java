package io.mnemosyne.core.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.view.ViewEvent.Cause;
import io.mnemosyne.core.view.ViewEvent.Change;
import io.mnemosyne.core.view.ViewEvent.Reason;
import io.mnemosyne.core.view.ViewEvent.Refusal;

import static org.assertj.core.api.Assertions.assertThat;

/** What an agent lets go is gone at once, and what it asks is told in the journal. */
class ReleasingTest {
    private static final String APP = "src/App.java";
    private static final String TEXT = GradedThread.file("app", 60);
    private final GradedThread thread = new GradedThread(GradedThread.POLICY);

    @Test
    void shouldShowAStubAtOnceOfWhatIsNotNeededAnyMore() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        SemanticObject other = thread.reads("src/Bus.java", GradedThread.file("bus", 60));
        // when
        release(file.id());
        // then
        assertThat(thread.prompt()).doesNotContain(TEXT).contains("[Paged out: ", "busField7");
        assertThat(thread.epochs()).singleElement().satisfies(epoch -> {
            assertThat(epoch.reason()).isEqualTo(Reason.COOPERATIVE);
            assertThat(epoch.changes())
                    .containsExactly(new Change(file.id(), Fidelity.FULL, Fidelity.STUB, Cause.RELEASED));
            assertThat(epoch.tokensBefore() - epoch.tokensAfter()).isEqualTo(thread.obeyed().getFirst().tokens());
        });
        assertThat(thread.obeyed().getFirst().tokens()).isGreaterThan(file.tokens() / 2);
        assertThat(thread.shown(other)).isEqualTo(Fidelity.FULL);
    }

    @Test
    void shouldShowNothingOfWhatIsToBeEvicted() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        SemanticObject other = thread.reads("src/Bus.java", GradedThread.file("bus", 60));
        // when
        thread.instructs(Command.Kind.RELEASE,
                Map.of("objects", file.id() + ", " + other.id(), "level", "evicted"));
        // then
        assertThat(List.of(thread.shown(file), thread.shown(other))).containsOnly(Fidelity.EVICTED);
        assertThat(thread.obeyed().getFirst().objects()).containsExactly(file.id(), other.id());
    }

    @Test
    void shouldLetGoWhatWasPinnedRestoredFailedOrIsNeeded() {
        // given
        SemanticObject pinned = thread.reads(APP, TEXT);
        SemanticObject failed = thread.fails("make", GradedThread.file("make", 40));
        SemanticObject back = thread.reads("src/Bus.java", GradedThread.file("bus", 60));
        thread.instructs(Command.Kind.PIN, Map.of("object", pinned.id()));
        thread.goesOn(6).pauses();
        thread.instructs(Command.Kind.RESTORE, Map.of("object", back.id()));
        assertThat(thread.prompt()).contains(TEXT, "makeField7", "busField7");
        // when
        release(pinned.id(), failed.id(), back.id());
        // then
        assertThat(thread.prompt()).doesNotContain(TEXT, "makeField7 =", "busField7 =");
        thread.goesOn(3).pauses();
        assertThat(thread.prompt()).doesNotContain(TEXT, "makeField7 =", "busField7 =");
    }

    @Test
    void shouldCountAFaultWhenWhatWasReleasedIsReadAgain() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        release(file.id());
        // when
        thread.reads(APP, TEXT);
        // then
        assertThat(thread.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.object()).isEqualTo(file.id());
            assertThat(fault.kind()).isEqualTo(ViewEvent.FaultKind.IDENTICAL);
        });
    }

    @Test
    void shouldEvictACopyOfWhatASegmentHasPassed() {
        // given a file that is carried although its turn is passed
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(2).observes(thread.view.head.turns().nextSeq() - 2);
        thread.instructs(Command.Kind.PIN, Map.of("object", file.id())).pauses();
        assertThat(thread.prompt()).contains(TEXT);
        // when
        release(file.id());
        // then
        assertThat(thread.prompt()).doesNotContain("repeated");
        assertThat(thread.shown(file)).isEqualTo(Fidelity.EVICTED);
    }

    @Test
    void shouldOpenNoEpochWhenNothingOfItIsInView() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        release(file.id());
        String prompt = thread.prompt();
        // when
        release(file.id());
        // then
        assertThat(thread.prompt()).isEqualTo(prompt);
        assertThat(thread.epochs()).hasSize(1);
        assertThat(thread.obeyed()).extracting(ViewEvent.Obeyed::refusal).containsOnly(Optional.empty());
    }

    @Test
    void shouldTellWhatItCouldNotRelease() {
        // given what is too small to be shown shorter
        SemanticObject small = thread.runs("pwd", "/work");
        SemanticObject file = thread.reads(APP, TEXT);
        // when
        release(small.id());
        release("nothing");
        release("nothing", small.id(), file.id());
        thread.instructs(Command.Kind.RELEASE, Map.of("object", file.id(), "level", "a little"));
        // then
        assertThat(thread.obeyed()).extracting(ViewEvent.Obeyed::refusal).containsExactly(
                Optional.of(Refusal.NOT_HELD), Optional.of(Refusal.NOT_FOUND), Optional.empty(),
                Optional.of(Refusal.NOT_UNDERSTOOD));
        assertThat(thread.obeyed().get(2).objects()).containsExactly(file.id());
        assertThat(thread.obeyed().get(2).missing()).containsExactly("nothing", small.id());
    }

    @Test
    void shouldNoteAQuestionAsAMicroFaultAndKeepWhatItFoundYoung() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        SemanticObject other = thread.reads("src/Bus.java", GradedThread.file("bus", 60));
        thread.goesOn(6);
        String prompt = thread.prompt();
        // when
        thread.instructs(Command.Kind.QUERY,
                Map.of("question", "Where is appField7?", "objects", file.id() + ",p3", "tokens", "120"));
        // then
        assertThat(thread.prompt()).isEqualTo(prompt);
        assertThat(thread.obeyed()).containsExactly(new ViewEvent.Obeyed(1, thread.view.head.turns().nextSeq() - 1,
                Command.Kind.QUERY, List.of(file.id(), "p3"), List.of(), Optional.of("Where is appField7?"), 120,
                Optional.empty()));
        assertThat(thread.view.head.held().tally().questions()).isEqualTo(1);
        assertThat(thread.view.head.held().tally().faults()).isZero();
        thread.pauses();
        assertThat(thread.shown(file)).isEqualTo(Fidelity.FULL);
        assertThat(thread.shown(other)).isEqualTo(Fidelity.STUB);
    }

    @Test
    void shouldTakeBackTheJournalOfCommandsWithTheThread() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        release(file.id());
        release(file.id());
        // when
        thread.instructs(Command.Kind.DELETE, Map.of());
        // then
        assertThat(thread.view.forgotten()).singleElement()
                .satisfies(old -> assertThat(old.commands()).isEqualTo(2));
    }

    private void release(String... objects) {
        thread.instructs(Command.Kind.RELEASE, Map.of("objects", String.join(",", objects)));
    }
}
