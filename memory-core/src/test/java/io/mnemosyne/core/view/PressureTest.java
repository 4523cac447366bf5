package io.mnemosyne.core.view;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.fidelity.Pressure;

import static org.assertj.core.api.Assertions.assertThat;

/** A view that nears its ceiling. */
class PressureTest {
    private static final Policy FIDELITY = Policy.standard().named(Policy.FIDELITY).scaledTo(20_000);

    @ParameterizedTest
    @CsvSource({"0, NORMAL", "500, NORMAL", "501, CAUTION", "700, CAUTION", "701, WARNING", "850, WARNING",
            "851, CRITICAL", "950, CRITICAL", "951, EMERGENCY", "5000, EMERGENCY"})
    void shouldBeInTheZoneBehindTheLineThatWasCrossed(long tokens, Pressure zone) {
        assertThat(Pressure.of(tokens, 1_000, FidelityRules.DEFAULT)).isEqualTo(zone);
    }

    @Test
    void shouldLeaveTheCriticalZoneAtOnceWhileThereIsSomethingToShowShorter() {
        // given an agent that writes one long message after the other
        GradedThread thread = new GradedThread(FIDELITY);
        for (int i = 0; i < 150; i++) {
            // when
            thread.says(GradedThread.file("step" + i, 30));
            // then
            long tokens = thread.view.head.tokensInView();
            assertThat(Pressure.of(tokens, FIDELITY.budget(), FIDELITY.fidelity())).isLessThan(Pressure.CRITICAL);
        }
    }

    @Test
    void shouldRewriteThePromptOnlyWhenThatRelievesItOfATwentiethOfItsCeiling() {
        // given
        GradedThread thread = new GradedThread(FIDELITY);
        // when
        for (int i = 0; i < 150; i++) {
            thread.reads("src/Step" + i + ".java", GradedThread.file("step" + i, 30));
        }
        // then
        long most = thread.view.head.totals().tokensIn() * 20 / FIDELITY.budget();
        assertThat(thread.epochs()).hasSizeBetween(1, (int) most).allSatisfy(epoch -> assertThat(
                epoch.tokensBefore() - epoch.tokensAfter()).isGreaterThanOrEqualTo(FIDELITY.budget() / 20));
    }
}
