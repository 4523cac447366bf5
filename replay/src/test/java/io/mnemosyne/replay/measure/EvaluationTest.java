package io.mnemosyne.replay.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.PromptBlock.Kind;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.Sessions;

import static io.mnemosyne.replay.measure.RunDirectory.history;
import static io.mnemosyne.replay.measure.RunDirectory.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class EvaluationTest {
    private static final String CONTENT = "def compute_total(rows): pass # ".repeat(20);
    private static final String OTHER = "class Ledger: pass # ".repeat(30);

    @TempDir
    private Path directory;

    @Test
    void shouldFindNothingLostWhenTheFullHistoryIsSent() throws InterruptedException {
        // given
        Recording recording = reading(read("ledger.py", 1), CONTENT, read("ledger.py", 1), CONTENT);
        RunDirectory run = new RunDirectory(directory);
        for (int step = 0; step < recording.steps().size(); step++) {
            run.prompt(recording, step, history(recording, step));
        }

        // when
        Report report = evaluate(run, recording);

        // then
        assertThat(report.problems()).isZero();
        assertThat(pooled(report, Metric.TOKEN_REDUCTION)).isZero();
        assertThat(pooled(report, Metric.COST_RATIO)).isEqualTo(1);
        assertThat(pooled(report, Metric.DEARER_SESSIONS)).isZero();
        assertThat(pooled(report, Metric.PREFIX_STABILITY)).isEqualTo(1);
        assertThat(pooled(report, Metric.SUPPORT)).isEqualTo(1);
        assertThat(pooled(report, Metric.UNCOVERED)).isZero();
        assertThat(pooled(report, Metric.FIRST_USER_RETENTION)).isEqualTo(1);
        assertThat(count(report, Count.REREAD_RESIDENT)).isEqualTo(1);
        assertThat(count(report, Count.EVICTIONS)).isZero();
    }

    @Test
    void shouldTellFaultsApartByWhatTheSecondReadReturns() throws InterruptedException {
        // given a file that is read again: unchanged, changed twice, and from another line on
        String changed = CONTENT + "# changed";
        String again = CONTENT + "# changed again";
        String lower = CONTENT + "# lower lines";
        Recording recording = reading(read("a.py", 1), CONTENT, read("a.py", 1), CONTENT, read("a.py", 1), changed,
                read("a.py", 1), again, read("a.py", 9), lower);
        RunDirectory run = new RunDirectory(directory);
        run.prompt(recording, 0, history(recording, 0)).prompt(recording, 1, history(recording, 1));
        for (int step = 2; step < recording.steps().size(); step++) {
            run.prompt(recording, step, history(recording, step, List.of(2, 4, 6, 8), Kind.STUB, "[gone]"));
        }

        // when the second read sees the first result, the others see none
        Report report = evaluate(run, recording);

        // then
        assertThat(count(report, Count.READS)).isEqualTo(5);
        assertThat(count(report, Count.REREADS)).isEqualTo(4);
        assertThat(count(report, Count.REREAD_RESIDENT)).isEqualTo(1);
        assertThat(count(report, Count.FAULT_CHANGED)).isEqualTo(2);
        assertThat(count(report, Count.FAULT_OTHER_RANGE)).isEqualTo(1);
        assertThat(count(report, Count.EVICTIONS)).isEqualTo(1);
        assertThat(count(report, Count.WITHHELD)).isEqualTo(2);
        assertThat(count(report, Count.READ_RESULTS_GONE)).isEqualTo(3);
        assertThat(count(report, Count.CLAIMED)).isPositive();
    }

    @Test
    void shouldCountAnExplicitFaultWhenTheSameTextWasWantedAgain() throws InterruptedException {
        // given
        Recording recording = reading(read("a.py", 1), CONTENT, read("b.py", 1), OTHER, read("a.py", 1), CONTENT);
        RunDirectory run = new RunDirectory(directory);
        run.prompt(recording, 0, history(recording, 0)).prompt(recording, 1, history(recording, 1))
                .prompt(recording, 2, history(recording, 2, List.of(2), Kind.STUB, "[gone]"))
                .prompt(recording, 3, history(recording, 3));

        // when
        Report report = evaluate(run, recording);

        // then
        assertThat(count(report, Count.FAULT_EXPLICIT)).isEqualTo(1);
        assertThat(count(report, Count.EVICTION_EVENTS)).isEqualTo(1);
        assertThat(pooled(report, Metric.EXPLICIT_PER_READ)).isEqualTo(1.0 / 3, within(1e-9));
    }

    @Test
    void shouldMissEntitiesThatThePromptDoesNotHave() throws InterruptedException {
        // given an action that needs a name from long ago, which is only in the recording
        List<String> lines = new ArrayList<>(List.of(user("please look into module_alpha where the sum goes wrong")));
        for (int i = 0; i < 22; i++) {
            lines.add(user("filler number " + i));
        }
        lines.add(assistant(read("module_alpha", 1)));
        Recording recording = Sessions.of("s/1", lines.toArray(String[]::new));
        PromptBlock list = PromptBlock.of(Kind.STATE, Optional.of(new SeqRange(0, 22)),
                "module_alpha other_beta x_gamma");
        PromptBlock summary = PromptBlock.of(Kind.STATE, Optional.of(new SeqRange(0, 22)),
                "the user asks to look into module_alpha because the sum goes wrong there");
        PromptBlock nothing = PromptBlock.of(Kind.STATE, Optional.of(new SeqRange(0, 22)), "fillers");

        // when
        Report without = evaluate(new RunDirectory(folder("without")).prompt(recording, 0, nothing), recording);
        Report named = evaluate(new RunDirectory(folder("named")).prompt(recording, 0, list), recording);
        Report explained = evaluate(new RunDirectory(folder("explained")).prompt(recording, 0, summary), recording);

        // then
        assertThat(pooled(without, Metric.SUPPORT_LONG)).isZero();
        assertThat(pooled(named, Metric.SUPPORT_LONG)).isEqualTo(1);
        assertThat(pooled(named, Metric.SUPPORT_LONG_CTX)).isZero();
        assertThat(pooled(explained, Metric.SUPPORT_LONG_CTX)).isEqualTo(1);
        assertThat(pooled(explained, Metric.USER_RETENTION)).isZero();
        assertThat(pooled(explained, Metric.CLAIMED)).isEqualTo(1);
    }

    @Test
    void shouldNotCountAResultAsWithheldThatIsShownLater() throws InterruptedException {
        // given
        Recording recording = reading(read("a.py", 1), CONTENT, read("b.py", 1), OTHER);
        RunDirectory run = new RunDirectory(directory).prompt(recording, 0, history(recording, 0))
                .prompt(recording, 1, history(recording, 1, List.of(2), Kind.STUB, "[gone]"))
                .prompt(recording, 2, history(recording, 2));

        // when
        Report report = evaluate(run, recording);

        // then
        assertThat(count(report, Count.WITHHELD)).isZero();
        assertThat(count(report, Count.EVICTIONS)).isZero();
    }

    @Test
    void shouldFindAShortTextOnlyInABlockThatStandsForItsEvent() throws InterruptedException {
        // given two equal messages, of which the prompt has one
        Recording recording = Sessions.of("s/1", user("ok"), user("ok"), assistant(""));
        RunDirectory run = new RunDirectory(directory).prompt(recording, 0, raw(recording, 1));

        // when
        Report report = evaluate(run, recording);

        // then
        assertThat(pooled(report, Metric.USER_RETENTION)).isEqualTo(0.5);
        assertThat(pooled(report, Metric.FIRST_USER_RETENTION)).isZero();
        assertThat(count(report, Count.UNCOVERED_FINAL)).isEqualTo(1);
    }

    @Test
    void shouldCallNoTextALeakThatAnEarlierEventQuoted() throws InterruptedException {
        // given a result that repeats what the user had said, beside one that nobody knew
        Recording recording = reading(read("a.py", 1), CONTENT, read("b.py", 1), OTHER);
        Recording quoted = Sessions.of("s/1", user("I have: " + CONTENT), assistant(read("a.py", 1)), tool(CONTENT),
                assistant(read("b.py", 1)), tool(OTHER));
        PromptBlock both = PromptBlock.of(Kind.TURN, Optional.empty(), "I have: " + CONTENT + OTHER);

        // when
        Report unknown = evaluate(new RunDirectory(folder("unknown")).prompt(recording, 0, both), recording);
        Report known = evaluate(new RunDirectory(folder("known")).prompt(quoted, 0, both), quoted);

        // then
        assertThat(count(unknown, Count.LEAKS)).isEqualTo(2);
        assertThat(count(known, Count.LEAKS)).isEqualTo(1);
    }

    @Test
    void shouldKnowATextAgainThatComesBackIntoThePrompt() throws InterruptedException {
        // given
        Recording recording = Sessions.of("s/1", user("abcdefgh"), assistant(""), assistant(""), assistant(""),
                assistant(""));
        String[] texts = {"abcd----", "zzzz", "abcd----", "abcd++++"};
        RunDirectory run = new RunDirectory(directory);
        for (int step = 0; step < texts.length; step++) {
            run.prompt(recording, step, PromptBlock.of(Kind.STATE, Optional.empty(), texts[step]));
        }

        // when
        Report report = evaluate(run, recording);

        // then
        assertThat(count(report, Count.CACHED_CHARS)).isEqualTo(4);
    }

    @Test
    void shouldReportWhatCannotBeRight() throws InterruptedException {
        // given a prompt that knows the future, claims it, ends at the wrong event and comes twice; and a step that is missing
        Recording recording = reading(read("a.py", 1), CONTENT, read("b.py", 1), OTHER);
        PromptBlock future = PromptBlock.of(Kind.SUMMARY, Optional.of(new SeqRange(0, 9)), CONTENT);
        RunDirectory run = new RunDirectory(directory).prompt(recording, 0, 5, raw(recording, 0), future)
                .prompt(recording, 0, 5, raw(recording, 0), future)
                .line("prompts.jsonl",
                        """
                        {"session": "s/1", "step": 1, "upto": 2, "blocks": [{"sha": "lost", "kind": "odd"}]}""")
                .line("prompts.jsonl", "{\"session\": \"s/1\", \"step\": 9, \"upto\": 2, \"blocks\": []}");

        // when
        Report report = evaluate(run, recording);

        // then
        assertThat(count(report, Count.LEAKS)).isEqualTo(1);
        assertThat(count(report, Count.BAD_SEQS)).isEqualTo(1);
        assertThat(count(report, Count.STEPS_MISSING)).isEqualTo(1);
        assertThat(report.sessions().getFirst().problems()).containsExactlyInAnyOrder(
                "step 0: upto is 5 instead of 0", "step 0: a text of event 2 is in the prompt before it was said",
                "step 0: a block stands for events 0 to 9 of 0 to 0", "unknown block kind odd",
                "block lost is not in blocks.jsonl", "step 0 has several prompts",
                "1 steps that do not exist in the recording, for example 9", "1 of 3 steps are missing");
        assertThat(report.problems()).isEqualTo(8);
    }

    @Test
    void shouldAddHelpersToTheCostUnlessNobodyPaysForThem() throws InterruptedException {
        // given prompts that cost half as much, and helpers that cost more than they save
        Recording recording = reading(read("a.py", 1), CONTENT, read("b.py", 1), OTHER);
        RunDirectory run = new RunDirectory(directory);
        for (int step = 0; step < recording.steps().size(); step++) {
            run.prompt(recording, step, raw(recording, 0));
        }
        run.line("calls.jsonl",
                """
                {"session": "s/1", "afterEvent": 1, "stage": "observer", "model": "big/one", "inputTokens": 300, \
                "outputTokens": 100, "micros": 1250000}""").line("calls.jsonl",
                        """
                        {"session": "s/1", "afterEvent": 1, "stage": "reflector", "model": "offline/rules", \
                        "inputTokens": 7, "outputTokens": 1}""");

        // when
        Report report = evaluate(run, recording);

        // then
        double full = Prices.fullHistory(report.all().counts());
        assertThat(pooled(report, Metric.NET_COST_RATIO))
                .isEqualTo(pooled(report, Metric.COST_RATIO) + (300 + 5 * 100) / full, within(1e-9));
        assertThat(pooled(report, Metric.COST_RATIO)).isLessThan(1);
        assertThat(pooled(report, Metric.DEARER_SESSIONS)).isZero();
        assertThat(pooled(report, Metric.DEARER_SESSIONS_NET)).isEqualTo(1);
        assertThat(report.all().helpers()).containsEntry("observer", new HelperUse(1, 300, 100, 1_250_000))
                .containsEntry("reflector", new HelperUse(1, 7, 1, 0));
        assertThat(ReportTable.of(Map.of("s", report)))
                .contains("| 3 helper calls: billed, in the currency of the run's prices | 1.25 |");
    }

    @Test
    void shouldPriceWhatThePromptBeforeHadAsCached() throws InterruptedException {
        // given two prompts of which the second repeats the first four characters
        Recording recording = Sessions.of("s/1", user("abcdefgh"), assistant(""), user("ijkl"), assistant(""));
        RunDirectory run = new RunDirectory(directory)
                .prompt(recording, 0, PromptBlock.of(Kind.STATE, Optional.empty(), "abcd----"))
                .prompt(recording, 1, PromptBlock.of(Kind.STATE, Optional.empty(), "abcd++++++++"));

        // when
        Report report = evaluate(run, recording);

        // then
        double full = 1.25 * 8 + 0.1 * 8 + 1.25 * 4;
        assertThat(pooled(report, Metric.COST_RATIO)).isEqualTo((1.25 * 8 + 0.1 * 4 + 1.25 * 8) / full, within(1e-9));
        assertThat(pooled(report, Metric.CACHE_SHARE)).isEqualTo(4.0 / 20, within(1e-9));
        assertThat(pooled(report, Metric.DEARER_SESSIONS)).isEqualTo(1);
        assertThat(count(report, Count.APPENDS)).isZero();
    }

    @Test
    void shouldTellWhatARecordingIsMadeOf() throws InterruptedException {
        // given two results, of which the next action names something from the first one
        Recording recording = Sessions.of("s/1", user("go"), assistant(read("a.py", 1)), tool("see compute_total()"),
                assistant(read("a.py", 2)), tool("nothing of use"), assistant("done with compute_total"));
        RunDirectory run = new RunDirectory(directory);
        for (int step = 0; step < recording.steps().size(); step++) {
            run.prompt(recording, step, history(recording, step));
        }

        // when
        Report report = evaluate(run, recording);

        // then
        int wasted = "nothing of use".length();
        int returned = "see compute_total()".length() + wasted;
        assertThat(report.all().tools()).containsExactly(Map.entry("read", new ToolUse(2, returned, wasted)));
        assertThat(pooled(report, Metric.STRUCTURAL_WASTE)).isEqualTo((double) wasted / returned, within(1e-9));
        assertThat(pooled(report, Metric.REPEAT_READ_SHARE)).isEqualTo(0.5);
        long sentThree = recording.events().getFirst().text().length();
        long sentTwo = recording.events().subList(1, 3).stream().mapToLong(event -> event.text().length()).sum();
        long sentOnce = recording.events().subList(3, 5).stream().mapToLong(event -> event.text().length()).sum();
        assertThat(pooled(report, Metric.AMPLIFICATION)).isEqualTo(
                (3.0 * sentThree + 2 * sentTwo + sentOnce) / recording.characters(), within(1e-9));
    }

    @Test
    void shouldCountStepsAboveTheCeilingInTokensOfFourCharacters() throws InterruptedException {
        // given
        Recording recording = Sessions.of("s/1", user("x".repeat(40)), assistant(""), user("y"), assistant(""));
        RunDirectory run = new RunDirectory(directory).prompt(recording, 0, history(recording, 0)).prompt(recording, 1,
                history(recording, 1));

        // when
        Report report = evaluate(run, recording, OptionalLong.of(10));

        // then
        assertThat(count(report, Count.OVER_CEILING)).isEqualTo(1);
        assertThat(report.all().maxPromptTokens()).isEqualTo(10.25);
    }

    @Test
    void shouldSayWhichSessionsAreOnOneSideOnly() throws InterruptedException {
        // given
        Recording scored = Sessions.of("s/1", user("a"), assistant(""));
        Recording left = Sessions.of("t/2", user("a"), assistant(""));
        Recording silent = Sessions.of("t/3", user("a"));
        RunDirectory run = new RunDirectory(directory).prompt(scored, 0, raw(scored, 0)).line("prompts.jsonl",
                "{\"session\": \"u/4\", \"step\": 0, \"upto\": 0, \"blocks\": []}");

        // when
        Report report = evaluate(run, left, silent, scored);

        // then
        assertThat(report.sessions()).extracting(SessionReport::session).containsExactly("s/1");
        assertThat(report.notInRun()).containsExactly("t/2");
        assertThat(report.notRecorded()).containsExactly("u/4");
        assertThat(report.bySource()).containsOnlyKeys("s");
    }

    @Test
    void shouldNameTheBrokenLineOfASessionThatIsMeasured() {
        // given
        Recording recording = Sessions.of("s/1", user("a"), assistant(""));
        RunDirectory run = new RunDirectory(directory).line("prompts.jsonl",
                "{\"session\": \"s/1\", \"step\": 0, \"blocks\": []}");

        // when
        var evaluating = assertThatThrownBy(() -> evaluate(run, recording));

        // then
        evaluating.isInstanceOf(BrokenRunException.class).hasMessageContaining("prompts.jsonl line 2: 'upto'");
    }

    private Path folder(String name) {
        Path folder = directory.resolve(name);
        assertThat(folder.toFile().mkdir()).isTrue();
        return folder;
    }

    private static Report evaluate(RunDirectory directory, Recording... recordings) throws InterruptedException {
        return evaluate(directory, recordings, OptionalLong.empty());
    }

    private static Report evaluate(RunDirectory directory, Recording recording, OptionalLong ceiling)
            throws InterruptedException {
        return evaluate(directory, new Recording[]{recording}, ceiling);
    }

    private static Report evaluate(RunDirectory directory, Recording[] recordings, OptionalLong ceiling)
            throws InterruptedException {
        try (RunReader run = directory.open()) {
            return Evaluation.evaluate(run, List.of(recordings), ceiling);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double pooled(Report report, Metric metric) {
        return report.all().metric(metric).pooled().orElseThrow();
    }

    private static long count(Report report, Count count) {
        return report.all().counts().get(count);
    }

    /** A task, then each read with its result, then an answer. */
    private static Recording reading(String... readsAndResults) {
        List<String> lines = new ArrayList<>(List.of(user("fix the sum in compute_total")));
        for (int i = 0; i < readsAndResults.length; i += 2) {
            lines.add(assistant(readsAndResults[i]));
            lines.add(tool(readsAndResults[i + 1]));
        }
        lines.add(assistant(""));
        return Sessions.of("s/1", lines.toArray(String[]::new));
    }

    private static String user(String text) {
        return "{\"role\": \"user\", \"content\": \"" + text + "\"}";
    }

    private static String tool(String text) {
        return "{\"role\": \"tool\", \"content\": \"" + text + "\"}";
    }

    /** A call, or a text. */
    private static String assistant(String said) {
        return said.startsWith("{")
                ? "{\"role\": \"assistant\", \"tool_calls\": [" + said + "]}"
                : "{\"role\": \"assistant\", \"content\": \"" + said + "\"}";
    }

    private static String read(String file, int from) {
        return "{\"id\": \"\", \"name\": \"read\", \"arguments\": {\"path\": \"" + file + "\", \"from\": " + from
                + "}}";
    }
}
