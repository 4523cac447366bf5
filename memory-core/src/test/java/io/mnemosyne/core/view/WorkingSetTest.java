package io.mnemosyne.core.view;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.view.ViewEvent.FaultKind;
import io.mnemosyne.core.view.ViewEvent.Faulted;

import static org.assertj.core.api.Assertions.assertThat;

/** What was used recently stays at hand when a segment has passed its turn. */
class WorkingSetTest {
    private static final String APP = "src/App.java";
    private static final String TEXT = GradedThread.file("app", 60);
    private final GradedThread thread = new GradedThread(GradedThread.POLICY);

    @Test
    void shouldCarryAFileThatWasReadShortlyBeforeASegmentPassedIt() {
        // given
        thread.reads(APP, TEXT);
        thread.goesOn(2);
        // when
        thread.observes(2).pauses();
        // then
        assertThat(copies()).contains(TEXT);
        assertThat(thread.view.head.shown().watermark()).isEqualTo(2);
    }

    @Test
    void shouldCarryNoFileThatNobodyUsedForLong() {
        // given
        SemanticObject file = thread.reads(APP, TEXT);
        thread.goesOn(10);
        // when
        thread.observes(8).pauses();
        // then
        assertThat(thread.shown(file)).isEqualTo(Fidelity.EVICTED);
        assertThat(copies()).isEmpty();
    }

    @Test
    void shouldCarryNoMoreFilesThanThereIsRoomFor() {
        // given
        for (int i = 0; i < 6; i++) {
            thread.reads("src/Some" + i + ".java", GradedThread.file("some" + i, 60));
        }
        // when
        thread.observes(11).pauses();
        // then
        long carried = thread.view.prompt().blocks().stream().filter(block -> block.kind() == Block.Kind.USER)
                .mapToLong(Block::tokens).sum();
        assertThat(carried).isBetween(1L, Math.round(1.05 * GradedThread.RULES.workingSet()
                * GradedThread.POLICY.budget()));
        assertThat(copies()).contains("some5Field59 ");
    }

    @Test
    void shouldLetAFileGoThatWasReadAgainSinceThen() {
        // given
        SemanticObject old = thread.reads(APP, TEXT);
        thread.observes(1).pauses();
        assertThat(copies()).contains(TEXT);
        // when
        SemanticObject changed = thread.reads(APP, TEXT + "\nfinal int more = 1;");
        thread.observes(4).pauses();
        // then
        assertThat(thread.shown(old)).isEqualTo(Fidelity.EVICTED);
        assertThat(thread.shown(changed)).isEqualTo(Fidelity.FULL);
        assertThat(thread.faults()).isEmpty();
    }

    @Test
    void shouldKeepAPinnedTurnInFullWhenASegmentHasPassedItAndItsFileWasReadAgain() {
        // given
        thread.reads(APP, TEXT);
        thread.instructs(Command.Kind.PIN, Map.of("seq", "1"));
        thread.goesOn(2).observes(2).pauses();
        assertThat(copies()).contains(TEXT);
        // when
        thread.reads(APP, TEXT + "\nfinal int more = 1;");
        thread.goesOn(10).observes(8).pauses();
        // then
        assertThat(copies()).contains(TEXT);
    }

    @Test
    void shouldShowATurnInFullThatIsPinnedAfterASegmentHasPassedIt() {
        // given
        thread.reads(APP, TEXT);
        thread.goesOn(10).observes(8).pauses();
        assertThat(thread.prompt()).doesNotContain(TEXT);
        // when
        thread.instructs(Command.Kind.PIN, Map.of("seq", "1"));
        thread.instructs(Command.Kind.POLICY, Map.of("timezone", "Europe/Berlin"));
        // then
        assertThat(copies()).contains(TEXT);
    }

    @Test
    void shouldCountAFaultWhenAFileIsReadAgainThatASegmentHasPassed() {
        // given
        thread.reads(APP, TEXT);
        thread.goesOn(10).observes(8).pauses();
        // when
        SemanticObject again = thread.reads(APP, TEXT);
        // then
        assertThat(thread.faults()).extracting(Faulted::kind).containsExactly(FaultKind.IDENTICAL);
        assertThat(thread.held(again).state().pinned()).isTrue();
    }

    private String copies() {
        StringBuilder copies = new StringBuilder();
        thread.view.prompt().blocks().stream().filter(block -> block.kind() == Block.Kind.USER)
                .forEach(block -> copies.append(block.text()));
        return copies.toString();
    }
}
