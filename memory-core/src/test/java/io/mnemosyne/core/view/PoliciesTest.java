package io.mnemosyne.core.view;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.Fidelity;

import static org.assertj.core.api.Assertions.assertThat;

/** Which policies show objects shorter, and what happens when a thread changes its policy. */
class PoliciesTest {
    private static final String APP = "src/App.java";
    private static final String TEXT = GradedThread.file("app", 60);

    @Test
    void shouldShowEverythingInFullWhenThePolicyIsObservational() {
        // given
        GradedThread thread = new GradedThread(GradedThread.withholding().named(Policy.OBSERVATIONAL));
        // when
        thread.reads(APP, TEXT);
        thread.runs("./measure", GradedThread.file("log", 200));
        thread.goesOn(40).pauses();
        thread.reads(APP, TEXT);
        // then
        assertThat(thread.prompt()).contains(TEXT, GradedThread.file("log", 200));
        assertThat(thread.epochs()).isEmpty();
        assertThat(thread.faults()).isEmpty();
        assertThat(thread.view.forms()).isEmpty();
    }

    @Test
    void shouldShowEverythingInFullAgainWhenAThreadChangesToObservational() {
        // given
        GradedThread thread = new GradedThread(GradedThread.POLICY);
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(6).pauses();
        assertThat(thread.shown(file)).isEqualTo(Fidelity.STUB);
        // when
        thread.instructs(Command.Kind.POLICY, Map.of("policy", Policy.OBSERVATIONAL));
        // then
        assertThat(thread.prompt()).contains(TEXT);
        assertThat(thread.view.head.tokensInView()).isBetween(thread.view.prompt().tokens() - 100,
                thread.view.prompt().tokens());
        // when it changes back
        thread.goesOn(1).instructs(Command.Kind.POLICY, Map.of("policy", Policy.HYBRID));
        // then
        assertThat(thread.shown(file)).isEqualTo(Fidelity.STUB);
    }

    @Test
    void shouldShowAPinnedTurnInFullWhenAThreadChangesToObservational() {
        // given
        GradedThread thread = new GradedThread(GradedThread.POLICY);
        thread.reads(APP, TEXT);
        thread.instructs(Command.Kind.PIN, Map.of("seq", "1"));
        thread.goesOn(4).observes(2).pauses();
        assertThat(thread.prompt()).contains(TEXT);
        // when
        thread.instructs(Command.Kind.POLICY, Map.of("policy", Policy.OBSERVATIONAL));
        // then
        assertThat(thread.prompt()).contains(TEXT);
    }
}
