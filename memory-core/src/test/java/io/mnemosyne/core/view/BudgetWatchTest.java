package io.mnemosyne.core.view;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.view.ViewEvent.Reason;

import static org.assertj.core.api.Assertions.assertThat;

/** A window that is nearly full is told of once in an epoch, and what comes of it is a shorter view. */
class BudgetWatchTest {
    private static final Policy POLICY = GradedThread.POLICY;
    private static final long LINE = Math.round(0.9 * POLICY.window());
    private final GradedThread thread = new GradedThread(POLICY);

    @Test
    void shouldAskForACompactionOnceWhenTheProviderCountedNineTenthsOfTheWindow() {
        // given
        thread.user("Go.");
        // when
        thread.instructs(Command.Kind.USAGE, Map.of("inputTokens", Long.toString(LINE - 1)));
        // then
        assertThat(thread.view.compactions()).isEmpty();
        // when it is told at every call
        for (int i = 0; i < 5; i++) {
            reports(LINE + i);
            thread.says("Well.");
        }
        // then
        assertThat(thread.view.compactions()).containsExactly(Compaction.of(0, LINE, POLICY.window()));
        assertThat(thread.view.counts).containsOnlyOnce("compaction.asked");
    }

    @Test
    void shouldAskForACompactionWhenTheContextReachesNineTenthsOfItsCeiling() {
        // given a policy that neither observes nor shortens anything, so that nothing else helps
        GradedThread full = new GradedThread(POLICY.named(Policy.OBSERVATIONAL));
        // when
        while (full.view.head.tokensInView() < 0.9 * POLICY.budget()) {
            assertThat(full.view.compactions()).isEmpty();
            full.reads("src/App.java", GradedThread.file("app", 20));
        }
        full.reads("src/App.java", GradedThread.file("app", 20));
        // then
        assertThat(full.view.compactions()).singleElement().satisfies(asked -> {
            assertThat(asked.window()).hasValue(POLICY.budget());
            assertThat(asked.tokens().orElseThrow()).isBetween(Math.round(0.9 * POLICY.budget()),
                    full.view.head.tokensInView());
        });
    }

    @Test
    void shouldAskAgainOnlyAfterANewEpochAndAnAnswerToItsPrompt() {
        // given a compaction that opened an epoch
        fill(6);
        reports(LINE);
        compacts();
        assertThat(thread.epochs()).hasSize(1);
        // when the same call is reported once more
        reports(LINE);
        // then
        assertThat(thread.view.compactions()).hasSize(1);
        // when the next call is as large
        thread.says("Well.");
        reports(LINE);
        // then
        assertThat(thread.view.compactions()).extracting(Compaction::epoch).containsExactly(OptionalLong.of(0),
                OptionalLong.of(1));
    }

    @Test
    void shouldComeUnderNormalPressureWhenCompacted() {
        // given a view that is warm but not critical
        fill(14);
        long before = thread.view.head.tokensInView();
        assertThat(before).isBetween(Math.round(0.6 * POLICY.budget()), Math.round(0.84 * POLICY.budget()));
        // when
        reports(LINE);
        compacts();
        // then
        assertThat(thread.epochs()).singleElement().satisfies(epoch -> {
            assertThat(epoch.reason()).isEqualTo(Reason.COMPACT);
            assertThat(epoch.tokensBefore()).isEqualTo(before);
        });
        assertThat(thread.view.head.tokensInView()).isLessThan(POLICY.budget() / 2);
        assertThat(thread.view.prompt().tokens()).isLessThan(before);
    }

    @Test
    void shouldLeaveWhatIsPinnedWhenCompacted() {
        // given
        SemanticObject pinned = thread.reads("src/Pinned.java", GradedThread.file("pinned", 60));
        thread.instructs(Command.Kind.PIN, Map.of("object", pinned.id()));
        fill(8);
        // when
        thread.instructs(Command.Kind.COMPACT, Map.of());
        // then
        assertThat(thread.epochs()).hasSize(1);
        assertThat(thread.shown(pinned)).isEqualTo(Fidelity.FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "7"})
    void shouldChangeNothingWhenTheEpochOfACompactionIsNotTheOneThatIsShown(String epoch) {
        // given
        fill(8);
        String before = thread.prompt();
        // when
        thread.instructs(Command.Kind.COMPACT, Map.of("epoch", epoch));
        // then
        assertThat(thread.prompt()).isEqualTo(before);
        assertThat(thread.epochs()).isEmpty();
        assertThat(thread.view.counts).containsOnlyOnce(View.LATE);
    }

    @Test
    void shouldNotThrowTheCacheAwayWhenThereIsNothingToCompact() {
        // given
        thread.user("Go.").goesOn(5);
        // when
        thread.instructs(Command.Kind.COMPACT, Map.of());
        // then
        assertThat(thread.epochs()).isEmpty();
    }

    @Test
    void shouldShowMemoryAtOnceWhenItComesAfterACompactionThatHadNothingToShow() {
        // given
        GradedThread remembering = new GradedThread(POLICY.named(Policy.OBSERVATIONAL));
        for (int i = 0; i < 6; i++) {
            remembering.reads("src/App" + i + ".java", GradedThread.file("app" + i, 60));
        }
        remembering.instructs(Command.Kind.COMPACT, Map.of());
        assertThat(remembering.epochs()).isEmpty();
        // when
        remembering.observes(7);
        // then
        assertThat(remembering.epochs()).hasSize(1);
        // when nobody asks
        remembering.observes(9);
        // then
        assertThat(remembering.epochs()).hasSize(1);
    }

    private void fill(int files) {
        for (int i = 0; i < files; i++) {
            thread.reads("src/App" + i + ".java", GradedThread.file("app" + i, 60));
        }
    }

    private void reports(long tokens) {
        thread.instructs(Command.Kind.USAGE, Map.of("inputTokens", Long.toString(tokens)));
    }

    /** Ingest gives the newest request of the watch its place. */
    private void compacts() {
        Compaction asked = thread.view.compactions().getLast();
        Map<String, String> arguments = new HashMap<>();
        asked.epoch().ifPresent(epoch -> arguments.put("epoch", Long.toString(epoch)));
        thread.instructs(Command.Kind.COMPACT, arguments);
    }
}
