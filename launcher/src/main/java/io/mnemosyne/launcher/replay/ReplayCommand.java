package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.Policy;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.ProgressBar;
import io.mnemosyne.launcher.importer.SessionFile;
import io.mnemosyne.launcher.models.ConfiguredModels;
import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.log.KeptAnswers;
import io.mnemosyne.replay.log.RecordedCallsFile;
import io.mnemosyne.replay.log.ReplayRun;
import io.mnemosyne.replay.log.RunDescription;
import io.mnemosyne.replay.log.RunWriter;
import io.mnemosyne.replay.log.SessionLog;
import io.mnemosyne.replay.measure.BrokenRunException;
import io.mnemosyne.replay.measure.RunReader;
import io.mnemosyne.replay.policy.Matched;
import io.mnemosyne.replay.policy.Policies;
import io.mnemosyne.replay.policy.RecordedCalls;

/** {@code mnemosyne replay}: writes down what a policy would have sent at every model call of recorded sessions. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = {
        "Write down what a policy would have sent at every model call of recorded sessions.",
        "No service is needed. A run that was interrupted goes on where it was."})
public final class ReplayCommand implements Callable<Integer> {
    private static final double MILLION = 1_000_000;
    private static final List<String> ASK_MODELS = List.of(Policy.OBSERVATIONAL, Policy.FIDELITY, Policy.HYBRID);

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Recorded sessions, or directories of them.")
    List<Path> places = List.of();

    @Option(names = "--policy", paramLabel = "NAME", required = true, description = "none, truncate, mask, fifo, observational, or a class that implements ReplayPolicy; MNEMOSYNE_CLASSPATH names its jar.")
    String policy = "";

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A parameter of the policy: keep (truncate, mask), age (fifo), related and summaries (fidelity, hybrid).")
    Map<String, String> parameters = Map.of();

    @Option(names = "--budget", paramLabel = "TOKENS", description = "Ceiling of a prompt; the observational policy's other settings are scaled with it. Default: 100000.")
    long budget = Policy.standard().budget();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the run is written.")
    Path out = Path.of("");

    @Option(names = "--min-chars", paramLabel = "N", description = "Leave out sessions with fewer characters. Default: 0.")
    long leastCharacters;

    @Option(names = "--without-largest-result", description = "Take the largest tool result out of each session. The sessions as they are then are put beside the run, in sessions/.")
    boolean withoutLargestResult;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = SessionFile.AUTO, description = "auto, mnemosyne, claude-code or pi. Default: ${DEFAULT-VALUE}.")
    String format = SessionFile.AUTO;

    @Option(names = "--reuse", paramLabel = "RUN", description = "Answer model calls as they were answered in this run, as far as it has them.")
    @Nullable
    Path reuse;

    @Option(names = "--match", paramLabel = "RUN", description = "Cut every prompt to the length that this run's had, so that the two can be compared at the same number of tokens.")
    @Nullable
    Path match;

    @Option(names = "--parallel", paramLabel = "N", description = "Sessions at once. Default: the number of processors.")
    int parallel = Runtime.getRuntime().availableProcessors();

    @Mixin
    ModelOptions models = new ModelOptions();

    private final AtomicInteger malformed = new AtomicInteger();
    private final Bill bill = new Bill();
    private final AskedModels.Maker maker;

    /** The command with the models that settings name. */
    public ReplayCommand() {
        this(ConfiguredModels::ofReplay);
    }

    ReplayCommand(AskedModels.Maker maker) {
        this.maker = maker;
    }

    @Override
    public Integer call() throws Exception {
        if (parallel < 1 || budget < 1) {
            throw new ParameterException(spec.commandLine(), "--parallel and --budget must be at least 1");
        }
        if (models.askModels() && !ASK_MODELS.contains(policy)) {
            throw new ParameterException(spec.commandLine(),
                    "policy " + policy + " asks no models: leave --models out, or replay "
                            + String.join(", ", ASK_MODELS));
        }
        Optional<AskedModels> asked = models.askModels()
                ? Optional.of(AskedModels.of(models, reuse, bill))
                : Optional.empty();
        List<Path> files = SessionFiles.find(places);
        RunDescription description = new RunDescription(policy, described(asked), budget,
                files.stream().map(Path::toString).toList(), leastCharacters, withoutLargestResult);
        try (RecordedCallsFile recorded = reuse == null ? null : RecordedCallsFile.of(reuse);
                RunReader other = match == null ? null : RunReader.open(match);
                RunWriter writer = RunWriter.open(out, description)) {
            RecordedCalls earlier = recorded == null ? RecordedCalls.NONE : recorded;
            if (asked.isPresent()) {
                try (KeptAnswers kept = new KeptAnswers(out, earlier)) {
                    replay(files, matched(Policies.named(policy, given(asked), budget, asked.get().models(maker),
                            asked.get().recorded(kept, reuse)), other), writer);
                    kept.delete();
                }
                bill.print(spec.commandLine().getOut());
            } else {
                replay(files, matched(Policies.named(policy, given(asked), budget, earlier), other), writer);
            }
        } catch (IllegalArgumentException | BrokenRunException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INCOMPLETE, "the replay stopped: " + e.getMessage()
                    + "; the same command goes on from the last session that is complete");
        }
        return (malformed.get() == 0 && !bill.hasFailures() ? ExitCode.OK : ExitCode.INCOMPLETE).number();
    }

    private io.mnemosyne.replay.policy.Parameters given(Optional<AskedModels> asked) {
        Map<String, String> given = new HashMap<>(parameters);
        if (asked.filter(AskedModels::summarizes).isPresent() && !policy.equals(Policy.OBSERVATIONAL)) {
            given.putIfAbsent(Policies.SUMMARIES, "1");
        }
        return new io.mnemosyne.replay.policy.Parameters(given);
    }

    private static ReplayPolicy matched(ReplayPolicy chosen, @Nullable RunReader other) {
        return other == null ? chosen : new Matched(chosen, other::promptLengths);
    }

    /** The parameters, and what else decides what the prompts are. */
    private Map<String, String> described(Optional<AskedModels> asked) {
        Map<String, String> described = new HashMap<>(parameters);
        asked.ifPresent(models -> described.putAll(models.described()));
        if (match != null) {
            described.put("--match", match.toString());
        }
        return described;
    }

    private void replay(List<Path> files, ReplayPolicy chosen, RunWriter writer)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Tally tally = new Tally();
        var bar = new ProgressBar(spec.commandLine().getErr(), policy, files.size());
        bar.add(writer.sessionsDone());
        new ReplayRun(chosen, parallel).run(files.stream().map(this::recording).toList(), writer, log -> {
            log.ifPresent(tally::add);
            log.ifPresent(session -> bill.add(session.helperCalls()));
            bar.add(1);
        });
        bar.finish();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        spec.commandLine().getOut().printf(Locale.ROOT,
                "%s: %d sessions, %d prompts, %.1f million tokens in %.1f s%s; written to %s%n", policy, tally.sessions,
                tally.prompts, tally.tokens / MILLION, took.toMillis() / 1e3,
                writer.sessionsDone() == 0 ? "" : " (" + writer.sessionsDone() + " were there already)", out);
        spec.commandLine().getOut().flush();
    }

    private RecordingFile recording(Path file) {
        return new RecordingFile(file, format, withoutLargestResult, leastCharacters,
                withoutLargestResult ? Optional.of(out.resolve("sessions")) : Optional.empty(), problem -> {
                    malformed.incrementAndGet();
                    spec.commandLine().getErr().println(problem);
                });
    }

    /** What was replayed. Tokens are four characters each. */
    private static final class Tally {
        private static final int CHARS_PER_TOKEN = 4;

        private int sessions;
        private long prompts;
        private long tokens;

        void add(SessionLog log) {
            sessions++;
            prompts += log.steps().size();
            tokens += log.steps().stream().flatMap(step -> step.blocks().stream())
                    .mapToLong(block -> block.text().length()).sum() / CHARS_PER_TOKEN;
        }
    }
}
