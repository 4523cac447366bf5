package io.mnemosyne.replay.measure;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.log.RunDescription;
import io.mnemosyne.replay.log.RunWriter;
import io.mnemosyne.replay.log.SessionLog;
import io.mnemosyne.replay.measure.Estimate.Median;
import io.mnemosyne.replay.policy.Parameters;
import io.mnemosyne.replay.policy.Policies;
import io.mnemosyne.replay.policy.RecordedCalls;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.Sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Compares every figure with the independent judge that defines them: the program {@code judge/judge.py} beside the folder
 * that {@code MNEMOSYNE_DATA} names. Without it, or without {@code python3}, nothing is compared. {@code MNEMOSYNE_JUDGE=all}
 * takes all sessions and more policies, which needs about a minute more.
 */
class JudgeAgreementTest {
    private static final boolean ALL = "all"
            .equals(System.getProperty("MNEMOSYNE_JUDGE", System.getenv().getOrDefault("MNEMOSYNE_JUDGE", "")));
    /** Sessions in larger files take the judge the longest, bytes. */
    private static final long MAX_FILE = 30_000;
    private static final long CEILING = 3_000;
    private static final Map<String, String> OURS = Map.of("none", "none", "truncate", "truncate", "masking", "mask",
            "fifo", "fifo");
    private static final double FOUR_DIGITS = 5e-5;

    @TempDir
    private Path directory;

    static List<String> policies() {
        List<String> policies = new ArrayList<>(List.of("none", "truncate", "masking", "fifo"));
        if (ALL) {
            policies.addAll(List.of("summary-stub", "cheat-ledger", "cheat-bag"));
        }
        return policies;
    }

    @ParameterizedTest
    @MethodSource("policies")
    void shouldAgreeWithTheJudgeOnEveryFigure(String policy) throws IOException, InterruptedException {
        // given a run that the judge wrote
        Path judge = judge();
        List<Path> files = sessions();
        judge(judge, files, "baseline", "--policy", policy, "--out", directory.toString());
        assertWritesTheSamePrompts(policy, files);

        // when
        judge(judge, files, "score", directory.toString(), "--ceiling", String.valueOf(CEILING), "--workers", "2");
        JsonNode expected = new ObjectMapper().readTree(directory.resolve("score.json").toFile());
        Report report;
        try (RunReader run = RunReader.open(directory)) {
            Stream<Recording> recordings = files.stream().map(Sessions::read);
            report = Evaluation.evaluate(run, recordings::iterator, OptionalLong.of(CEILING));
        }

        // then
        Differences differences = new Differences();
        differences.compareAll(expected, report);
        System.out.printf("%s: %d figures of %d sessions compared with the judge%n", policy, differences.compared,
                report.sessions().size());
        assertThat(differences.found).isEmpty();
        assertThat(report.sessions()).hasSizeGreaterThan(ALL ? 110 : 50);
    }

    /** What a policy of ours sends is what the judge's of the same rules sends, block by block. */
    private void assertWritesTheSamePrompts(String policy, List<Path> files) throws IOException {
        Optional<String> ours = Optional.ofNullable(OURS.get(policy));
        if (ours.isPresent()) {
            ReplayPolicy replayed = Policies.named(ours.get(), Parameters.NONE, 1, RecordedCalls.NONE);
            Path own = directory.resolve("own");
            try (RunWriter writer = RunWriter.open(own, new RunDescription(policy, Map.of(), 1, List.of(), 0, false))) {
                for (Path file : files) {
                    writer.write(SessionLog.of(Sessions.read(file), replayed));
                }
            }
            assertThat(own.resolve("prompts.jsonl")).hasSameTextualContentAs(directory.resolve("prompts.jsonl"));
        }
    }

    private static Path judge() {
        Optional<Path> data = Optional.ofNullable(System.getenv("MNEMOSYNE_DATA")).map(Path::of);
        assumeThat(data).as("MNEMOSYNE_DATA names no folder with recorded sessions").isPresent();
        Path judge = data.orElseThrow().toAbsolutePath().resolveSibling("judge").resolve("judge.py");
        assumeThat(judge).as("there is no judge beside the recorded sessions").isRegularFile();
        boolean python = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
        assumeThat(python).as("python3 is on the PATH").isTrue();
        return judge;
    }

    private static List<Path> sessions() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getenv("MNEMOSYNE_DATA"), "sessions", "normalized"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .filter(file -> ALL || size(file) <= MAX_FILE)
                    .sorted(Comparator.comparing(Path::toString)).toList();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void judge(Path judge, List<Path> files, String... arguments) throws IOException, InterruptedException {
        // -B: the judge's folder need not be writable
        List<String> command = new ArrayList<>(List.of("python3", "-B", judge.toString()));
        command.addAll(List.of(arguments));
        command.add("--sessions");
        files.forEach(file -> command.add(file.toString()));
        Path output = directory.resolve("judge.txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor()).as("%s: %s", List.of(arguments), Files.readString(output)).isZero();
    }

    /** What is not equal. */
    private static final class Differences {
        private final List<String> found = new ArrayList<>();
        private int compared;

        void compareAll(JsonNode expected, Report report) {
            whole("problems", expected.path("problem_count"), report.problems());
            aggregate("all", expected, report.all());
            assertThat(report.bySource()).hasSameSizeAs(expected.path("by_source"));
            report.bySource().forEach((source, of) -> aggregate(source, expected.path("by_source").path(source), of));
            assertThat(report.sessions()).hasSameSizeAs(expected.path("per_session"));
            report.sessions()
                    .forEach(session -> session(expected.path("per_session").path(session.session()), session));
        }

        private void session(JsonNode expected, SessionReport session) {
            for (Count count : Count.values()) {
                JsonNode value = expected.path("counters").path(count.label());
                if (!value.isMissingNode()) {
                    whole(session.session() + " " + count, value, session.counts().get(count));
                }
            }
            number(session.session() + " cost", expected.path("counters").path("cost"),
                    OptionalDouble.of(4 * Prices.prompts(session.counts())));
            expected.path("metrics").properties().forEach(metric -> number(session.session() + " " + metric.getKey(),
                    metric.getValue(), metric(metric).of(session.counts())));
        }

        private void aggregate(String name, JsonNode expected, Aggregate aggregate) {
            whole(name + " sessions", expected.path("sessions"), aggregate.sessions());
            expected.path("counts").properties().forEach(count -> whole(name + " " + count.getKey(), count.getValue(),
                    aggregate.counts().get(Count.valueOf(count.getKey().toUpperCase(Locale.ROOT)))));
            whole(name + " over ceiling", expected.path("steps_over_ceiling"),
                    aggregate.counts().get(Count.OVER_CEILING));
            number(name + " largest prompt", expected.path("max_prompt_tokens"),
                    OptionalDouble.of(aggregate.maxPromptTokens()));
            number(name + " largest session", expected.path("largest_session_share"), aggregate.largestShare());
            median(name + " peak", expected.path("median").path("max_prompt_tokens"), aggregate.peak());
            expected.path("micro").properties().forEach(micro -> {
                Estimate estimate = aggregate.metric(metric(micro));
                number(name + " " + micro.getKey(), micro.getValue(), estimate.pooled());
                median(name + " median " + micro.getKey(), expected.path("median").path(micro.getKey()),
                        estimate.median());
            });
        }

        private static Metric metric(Map.Entry<String, JsonNode> named) {
            return Metric.valueOf(named.getKey().toUpperCase(Locale.ROOT));
        }

        private void median(String name, JsonNode expected, Optional<Median> median) {
            number(name, expected.path(0),
                    median.map(it -> OptionalDouble.of(it.value())).orElse(OptionalDouble.empty()));
        }

        private void whole(String name, JsonNode expected, long ours) {
            check(name, expected.isIntegralNumber() && expected.longValue() == ours, expected, ours);
        }

        private void number(String name, JsonNode expected, OptionalDouble ours) {
            boolean equal = expected.isNumber() && ours.isPresent()
                    ? Math.abs(expected.doubleValue() - ours.getAsDouble()) <= FOUR_DIGITS
                            * Math.max(1, Math.abs(expected.doubleValue()))
                    : !expected.isNumber() && ours.isEmpty();
            check(name, equal, expected, ours);
        }

        private void check(String name, boolean equal, JsonNode expected, Object ours) {
            compared++;
            if (!equal) {
                found.add(name + ": " + expected + " for the judge, " + ours + " here");
            }
        }
    }
}
