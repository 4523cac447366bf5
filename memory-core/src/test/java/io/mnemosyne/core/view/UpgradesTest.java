package io.mnemosyne.core.view;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.view.ViewEvent.Cause;
import io.mnemosyne.core.view.ViewEvent.Change;

import static org.assertj.core.api.Assertions.assertThat;

/** What turns out to be needed is shown again, from the next epoch on. */
class UpgradesTest {
    private static final String APP = "src/App.java";
    private static final String TEXT = GradedThread.file("app", 60);
    private final GradedThread thread = new GradedThread(GradedThread.POLICY);

    @Test
    void shouldShowInDetailFromTheNextEpochOnWhatWasNamedWhenItWasAStub() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(6).pauses();
        // when
        thread.says("What was in " + APP + "?").goesOn(1);
        // then the prompt stays as it is
        assertThat(thread.shown(file)).isEqualTo(Fidelity.STUB);
        // when
        thread.pauses();
        // then
        assertThat(thread.shown(file)).isEqualTo(Fidelity.DETAILED);
        assertThat(thread.epochs().getLast().changes())
                .contains(new Change(file.id(), Fidelity.STUB, Fidelity.DETAILED, Cause.REFERENCE));
        assertThat(thread.prompt()).contains("[Summary of file_context");
    }

    @Test
    void shouldShowInDetailWhatWasNamedWhenTheEpochWasOpenedBecauseItPays() {
        // given prices at which it pays to show less of what is old
        GradedThread thrifty = new GradedThread(GradedThread.at(Policy.CachePrices.DEFAULT));
        SemanticObject other = thrifty.reads("src/Other.java", GradedThread.file("other", 60));
        SemanticObject file = thrifty.reads(APP, TEXT);
        // and another file is in use
        thrifty.goesOn(5).says("So src/Other.java is it.").pauses();
        assertThat(thrifty.shown(file)).isEqualTo(Fidelity.STUB);
        assertThat(thrifty.shown(other)).isEqualTo(Fidelity.FULL);
        thrifty.says("What was in " + APP + "?");
        int before = thrifty.epochs().size();
        // when it is not in use any more
        thrifty.goesOn(20);
        // then
        assertThat(thrifty.epochs()).hasSizeGreaterThan(before);
        assertThat(thrifty.epochs().get(before).reason()).isEqualTo(ViewEvent.Reason.PAYS);
        assertThat(thrifty.epochs().get(before).changes())
                .contains(new Change(file.id(), Fidelity.STUB, Fidelity.DETAILED, Cause.REFERENCE));
    }

    @Test
    void shouldShowInFullWhatAUserPinsFromTheNextEpochOn() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(6).pauses();
        // when
        thread.instructs(Command.Kind.PIN, Map.of("object", file.id()));
        // then
        assertThat(thread.shown(file)).isEqualTo(Fidelity.STUB);
        // when
        thread.pauses();
        // then
        assertThat(thread.prompt()).contains(TEXT);
        assertThat(thread.epochs().getLast().changes())
                .contains(new Change(file.id(), Fidelity.STUB, Fidelity.FULL, Cause.ASKED));
        // when it gets old
        thread.goesOn(40).pauses();
        // then
        assertThat(thread.prompt()).contains(TEXT);
    }
}
