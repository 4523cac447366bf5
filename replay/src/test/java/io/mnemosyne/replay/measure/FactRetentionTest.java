package io.mnemosyne.replay.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.PromptBlock.Kind;
import io.mnemosyne.replay.fact.FactKind;
import io.mnemosyne.replay.recording.CanonicalJson;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.Sessions;

import static io.mnemosyne.replay.measure.RunDirectory.history;
import static io.mnemosyne.replay.recording.Sessions.event;
import static org.assertj.core.api.Assertions.assertThat;

class FactRetentionTest {
    private static final String DECISION = "I keep the rounding because the report depends on it.";
    private static final String ERROR = "ValueError: the \"total\" of an invoice | is negative";

    @TempDir
    private Path directory;
    private RunDirectory run;

    @BeforeEach
    void createRun() {
        run = new RunDirectory(directory);
    }

    @Test
    void shouldKeepEveryFactWhenTheFullHistoryIsSent() throws IOException, InterruptedException {
        // given
        Recording recording = withFillers(20, 1);
        run.prompt(recording, 1, history(recording, 1));

        // when
        Report report = evaluate(recording);

        // then
        assertThat(kept(report)).containsExactly(1, 1, 1, 1);
        assertThat(report.sessions().getFirst().lost()).isEmpty();
    }

    @Test
    void shouldLoseTheFactsThatAreNotInThePrompt() throws IOException, InterruptedException {
        // given
        Recording recording = withFillers(20, 1);
        run.prompt(recording, 1, block(Kind.STUB, "[gone]"));

        // when
        Report report = evaluate(recording);

        // then
        assertThat(kept(report)).containsExactly(0, 0, 0, 0);
        assertThat(report.sessions().getFirst().lost()).extracting(LostFact::kind).containsExactly(FactKind.values());
    }

    @Test
    void shouldNotTakeOtherWordsForTheFact() throws IOException, InterruptedException {
        // given an observation that says all of it, but only the number as it was
        Recording recording = withFillers(20, 1);
        run.prompt(recording, 1, block(Kind.OBSERVATION, "The rounding stays, as the report depends on it. "
                + "ValueError: the total of invoice 4711 is negative. File: totals.py, not src/billing/totals.pyc."));

        // when
        Report report = evaluate(recording);

        // then
        assertThat(kept(report)).containsExactly(0, 0, 1, 0);
    }

    @Test
    void shouldFindALineThatIsShownAsJson() throws IOException, InterruptedException {
        // given
        Recording recording = withFillers(20, 1);
        run.prompt(recording, 1, block(Kind.STATE, CanonicalJson.quote("before\n" + ERROR + "\nafter")));

        // when
        Report report = evaluate(recording);

        // then
        assertThat(kept(report)).containsExactly(1, 0, 0, 0);
    }

    @Test
    void shouldNotAskForWhatWasToldNoMoreThanTwentyEventsAgo() throws IOException, InterruptedException {
        // given a step at which the error line, but nothing else, is 20 events old
        Recording recording = withFillers(19, 1);
        run.prompt(recording, 1, block(Kind.STUB, "[gone]"));

        // when
        Report report = evaluate(recording);

        // then
        Counts counts = report.all().counts();
        assertThat(counts.get(Count.ERROR_LINES)).isZero();
        assertThat(report.all().metric(Metric.RETENTION_ERROR_LINES).pooled()).isEmpty();
        assertThat(counts.get(Count.DECISIONS)).isEqualTo(1);
        assertThat(counts.get(Count.PATHS)).isEqualTo(1);
    }

    @Test
    void shouldFollowAFactThatLeavesThePromptAndComesBack() throws IOException, InterruptedException {
        // given a number in two blocks, in one of them, in none, and in one again
        Recording recording = withFillers(20, 4);
        PromptBlock one = block(Kind.STATE, "invoice 4711");
        PromptBlock other = block(Kind.STATE, "4711 again");
        run.prompt(recording, 1, one, other).prompt(recording, 2, other)
                .prompt(recording, 3, block(Kind.STUB, "[gone]")).prompt(recording, 4, one);

        // when
        Report report = evaluate(recording);

        // then
        assertThat(report.all().counts().get(Count.NUMBERS)).isEqualTo(4);
        assertThat(report.all().counts().get(Count.NUMBERS_HIT)).isEqualTo(3);
        assertThat(report.sessions().getFirst().lost()).contains(new LostFact(FactKind.NUMBER, "4711", 0, 1, 4));
    }

    @Test
    void shouldShowWhatIsLostAtMostSteps() throws IOException, InterruptedException {
        // given a decision and an error line that are lost always, and numbers of which one comes late
        Recording recording = withFillers(20, 3, "and page 815");
        run.prompt(recording, 1, block(Kind.STATE, "src/billing/totals.py and page 815"))
                .prompt(recording, 2, block(Kind.STATE, "src/billing/totals.py"))
                .prompt(recording, 3, block(Kind.STATE, "src/billing/totals.py"));

        // when
        String table = LossTable.of(evaluate(recording), 1);

        // then
        assertThat(table).isEqualTo("""
                                    | fact | session | event | lost / asked steps | share lost |
                                    |---|---|---|---|---|
                                    | **error lines** |  |  | 3 / 3 | 1.000 |
                                    | ValueError: the "total" of an invoice \\| is negative | s/1 | 2 | 3 / 3 | 1.000 |
                                    | **decisions** |  |  | 3 / 3 | 1.000 |
                                    | I keep the rounding because the report depends on it. | s/1 | 1 | 3 / 3 | 1.000 |
                                    | **numbers** |  |  | 5 / 6 | 0.833 |
                                    | 4711 | s/1 | 0 | 3 / 3 | 1.000 |
                                    | **paths** |  |  | 0 / 3 | 0.000 |
                                    """);
    }

    private Report evaluate(Recording recording) throws IOException, InterruptedException {
        try (RunReader reader = run.open()) {
            return Evaluation.evaluate(reader, List.of(recording), OptionalLong.empty());
        }
    }

    /** Facts kept of each kind, of which every step asks for one: error lines, decisions, numbers, paths. */
    private static List<Integer> kept(Report report) {
        return List.of(Metric.RETENTION_ERROR_LINES, Metric.RETENTION_DECISIONS, Metric.RETENTION_NUMBERS,
                Metric.RETENTION_PATHS).stream().map(metric -> (int) report.all().metric(metric).pooled().orElseThrow())
                .toList();
    }

    private static PromptBlock block(Kind kind, String text) {
        return PromptBlock.of(kind, Optional.empty(), text);
    }

    /** A task, a step that decides, an error, then so many events and so many more steps that tell nothing. */
    private static Recording withFillers(int fillers, int steps, String... more) {
        List<String> lines = new ArrayList<>(List.of(
                event("user", "Look at src/billing/totals.py, invoice 4711 " + String.join(" ", more)),
                event("assistant", DECISION), event("tool", ERROR)));
        for (int i = 0; i < fillers; i++) {
            lines.add(event("user", "and so on"));
        }
        for (int i = 0; i < steps; i++) {
            lines.add(event("assistant", "yes"));
        }
        return Sessions.of("s/1", lines.toArray(String[]::new));
    }
}
