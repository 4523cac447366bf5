package io.mnemosyne.inference.providers.offline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.inference.providers.offline.Transcript.ToolUse;

import static io.mnemosyne.core.LogEntry.Kind.COMMAND;
import static io.mnemosyne.core.LogEntry.Kind.ERROR;
import static io.mnemosyne.core.LogEntry.Kind.RESOLUTION;
import static io.mnemosyne.core.LogEntry.Kind.TEST;
import static io.mnemosyne.core.LogEntry.Priority.CRITICAL;
import static io.mnemosyne.core.LogEntry.Priority.DONE;
import static io.mnemosyne.core.LogEntry.Priority.MINOR;
import static io.mnemosyne.core.LogEntry.Priority.NOTABLE;

/**
 * Which commands were run and how they ended. Runs of the same command in the same directory make one entry: how the last
 * one that ended did, and if it failed before and passes now, what had been wrong.
 */
final class Commands {
    private static final double FAILING = 70;
    private static final double RESOLVED = 65;
    private static final double TESTED = 60;
    private static final double RAN = 25;
    private static final double SEARCHED = 15;
    private static final int LINE = 160;

    private Commands() {
    }

    /** One run with what its output says. */
    private record Run(ToolUse use, Shell shell, Optional<TestCounts> tests, boolean failed) {
        static Run of(ToolUse use, Shell shell) {
            Optional<TestCounts> tests = shell.searches() ? Optional.empty() : TestCounts.in(use.output());
            Optional<Integer> exit = ErrorLines.exitCode(use.output());
            boolean red = tests.filter(counts -> counts.failed() > 0).isPresent();
            boolean stopped = exit.filter(code -> code != 0).isPresent();
            // Green tests may print exceptions on their way; after them nothing should go wrong.
            String unexplained = tests.map(TestCounts::after).orElse(use.output());
            boolean wrong = exit.isEmpty() && ErrorLines.certain(unexplained);
            boolean failed = use.failed() || red || stopped
                    || (!shell.searches() && (wrong || ErrorLines.buildFailed(use.output())));
            return new Run(use, shell, tests, failed);
        }
    }

    static List<Candidate> in(Transcript transcript) {
        Map<Shell, List<Run>> runs = new LinkedHashMap<>();
        for (ToolUse use : transcript.uses()) {
            Shell.of(use).filter(shell -> !shell.reads()).ifPresent(
                    shell -> runs.computeIfAbsent(shell, _ -> new ArrayList<>()).add(Run.of(use, shell)));
        }
        return runs.values().stream().map(Commands::entry).toList();
    }

    private static Candidate entry(List<Run> runs) {
        Run last = runs.reversed().stream().filter(run -> run.use().answered()).findFirst().orElseGet(runs::getLast);
        Optional<Run> failedBefore = runs.reversed().stream().filter(Run::failed).findFirst();
        SeqRange seqs = runs.stream().map(run -> run.use().seqs()).reduce(SeqRange::span).orElseThrow();
        String command = "`" + last.shell().shown(LINE) + "`"
                + (runs.size() > 1 ? " (" + runs.size() + " runs)" : "");
        Optional<Instant> at = last.use().at();
        if (last.failed()) {
            boolean search = last.shell().searches();
            return Candidate.of(search ? SEARCHED : FAILING, search ? MINOR : CRITICAL, ERROR, seqs, at,
                    command + " fails" + exit(last) + ": " + wrong(last));
        }
        String outcome = last.tests().map(TestCounts::told).orElseGet(() -> telling(last));
        if (failedBefore.isPresent()) {
            return Candidate.of(RESOLVED, DONE, RESOLUTION, seqs, at,
                    command + " passes now: " + outcome + "; failed before with " + wrong(failedBefore.get()));
        }
        if (last.tests().isPresent()) {
            return Candidate.of(TESTED, NOTABLE, TEST, seqs, at, command + ": " + outcome);
        }
        if (last.shell().searches()) {
            return Candidate.of(SEARCHED, MINOR, COMMAND, seqs, at, command + " found " + outcome);
        }
        String ended = last.use().answered()
                ? " passed: " + (outcome.equals("nothing") ? "no output" : outcome)
                : " was started";
        return Candidate.of(RAN, MINOR, COMMAND, seqs, at, command + ended);
    }

    private static String exit(Run run) {
        return ErrorLines.exitCode(run.use().output()).filter(code -> code != 0).map(code -> " with exit code " + code)
                .orElse("");
    }

    private static String wrong(Run run) {
        List<String> lines = ErrorLines.in(run.use().output(), 3);
        String errors = lines.isEmpty() ? telling(run) : String.join("; ", lines);
        return run.tests().map(counts -> counts.told() + "; ").orElse("") + errors;
    }

    /** The last line of an output that says something; of a search, how many lines it found. */
    private static String telling(Run run) {
        List<String> lines = Texts.lines(run.use().output()).stream().map(String::strip)
                .filter(line -> line.length() > 1 && !line.startsWith("Command exited with")).toList();
        if (lines.isEmpty()) {
            return "nothing";
        }
        if (run.shell().searches()) {
            return lines.size() + " lines";
        }
        return Texts.head(lines.getLast(), LINE);
    }
}
