package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.ProgressBar;
import io.mnemosyne.launcher.importer.SessionFile;
import io.mnemosyne.replay.log.RunDescription;
import io.mnemosyne.replay.log.RunWriter;
import io.mnemosyne.replay.measure.BrokenRunException;
import io.mnemosyne.replay.measure.Evaluation;
import io.mnemosyne.replay.measure.LossTable;
import io.mnemosyne.replay.measure.LostFact;
import io.mnemosyne.replay.measure.Report;
import io.mnemosyne.replay.measure.ReportJson;
import io.mnemosyne.replay.measure.ReportTable;
import io.mnemosyne.replay.measure.RunReader;
import io.mnemosyne.replay.recording.Recording;

/** {@code mnemosyne evaluate}: what the prompts of a run save, cost and lose. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, description = {
        "Measure what the prompts of runs save, what they cost and what they lose, side by side.",
        "Every number of every session is written to evaluation.json in the run's directory."})
public final class EvaluateCommand implements Callable<Integer> {
    private static final String RESULT = "evaluation.json";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Directories that replay wrote.")
    List<Path> runs = List.of();

    @Option(names = "--ceiling", paramLabel = "TOKENS", description = "Tokens, of four characters each, that no prompt should exceed. Default: the run's budget.")
    @Nullable
    Long ceiling;

    @Option(names = "--sessions", paramLabel = "FILE|DIR", description = "Measure against these sessions. Default: those that the run names.")
    List<Path> places = List.of();

    @Option(names = "--by-source", description = "Also print a table of each run with a column per folder of sessions.")
    boolean bySource;

    @Option(names = "--tools", description = "Also print what the results of each tool take.")
    boolean tools;

    @Option(names = "--lost", paramLabel = "N", description = "Also print which facts each run loses: of each kind the share, and the N that are missing at most steps. At most "
            + LostFact.KEPT + ".")
    int lost;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (lost < 0 || lost > LostFact.KEPT) {
            throw new CommandFailure(ExitCode.USAGE,
                    "--lost is " + lost + ": give a number from 0 to " + LostFact.KEPT);
        }
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Report> reports = new LinkedHashMap<>();
        for (Path run : runs) {
            reports.put(reports.containsKey(name(run)) ? run.toString() : name(run), evaluate(run));
        }
        out.println(ReportTable.of(reports));
        for (Map.Entry<String, Report> report : reports.entrySet()) {
            if (bySource) {
                out.printf("%n%s%n%n%s%n", report.getKey(), ReportTable.bySource(report.getValue()));
            }
            if (tools) {
                out.printf("%n%s%n%n%s%n", report.getKey(), ReportTable.tools(report.getValue()));
            }
            if (lost > 0) {
                out.printf("%n%s%n%n%s%n", report.getKey(), LossTable.of(report.getValue(), lost));
            }
        }
        out.flush();
        boolean sound = reports.values().stream().allMatch(report -> report.problems() == 0);
        return (sound ? ExitCode.OK : ExitCode.INCOMPLETE).number();
    }

    private Report evaluate(Path directory) throws IOException, InterruptedException {
        try (RunReader run = RunReader.open(directory)) {
            RunDescription description = RunWriter.describe(directory);
            List<Path> files = places.isEmpty()
                    ? description.sessions().stream().map(Path::of).toList()
                    : SessionFiles.find(places);
            var bar = new ProgressBar(spec.commandLine().getErr(), name(directory), files.size());
            Report report = Evaluation.evaluate(run, () -> recordings(files, description, bar),
                    OptionalLong.of(ceiling == null ? description.budget() : ceiling));
            bar.finish();
            try (OutputStream json = Files.newOutputStream(directory.resolve(RESULT))) {
                ReportJson.write(report, json);
            }
            return report;
        } catch (BrokenRunException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.USAGE,
                    e.getFile() + " does not exist; name a directory that replay wrote");
        } catch (UncheckedIOException e) {
            throw new CommandFailure(ExitCode.USAGE, "a session of " + directory + " cannot be read: "
                    + e.getCause() + "; say where the sessions are with --sessions");
        }
    }

    /** One after the other, so that not all are in memory at once. */
    private Iterator<Recording> recordings(List<Path> files, RunDescription run, ProgressBar bar) {
        return files.stream().map(file -> {
            bar.add(1);
            return recording(file, run);
        }).flatMap(Optional::stream).iterator();
    }

    private static Optional<Recording> recording(Path file, RunDescription run) {
        try {
            // What cannot be read was named when the run was made.
            return new RecordingFile(file, SessionFile.AUTO, run.withoutLargestResult(), run.leastCharacters(),
                    Optional.empty(), _ -> {
                    }).call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path run) {
        return run.toAbsolutePath().normalize().getFileName().toString();
    }
}
