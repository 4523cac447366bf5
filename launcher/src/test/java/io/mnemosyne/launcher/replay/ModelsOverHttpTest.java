package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.Main;
import io.mnemosyne.launcher.Readme;
import io.mnemosyne.scripted.Behaviour;
import io.mnemosyne.scripted.Behaviour.Trouble;
import io.mnemosyne.scripted.ScriptedBrain;
import io.mnemosyne.scripted.ScriptedModels;
import io.mnemosyne.scripted.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/** Replays whose memory is written by chat models, called over HTTP by the clients of their vendors. */
class ModelsOverHttpTest {
    private static final ScriptedModels SERVER = ScriptedModels.start(ScriptedBrain::behave);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BUDGET = "16000";
    /** Sessions as long as are compared under this budget, and no longer than need be. */
    private static final int LEAST_BYTES = 4 * 16_000;
    private static final int MOST_BYTES = 150_000;
    /** Every turn of one session says it, so that its requests can be told from those of others. */
    private static final String UNLUCKY = "albatross";

    /** Of a turn of a made session. */
    private static final int SENTENCES = 40;

    @TempDir
    static Path folder;
    private static Path live;
    private static Outcome liveOutcome;

    private record Outcome(int exitCode, String out, String err) {
    }

    @BeforeAll
    static void replayTheSampleWithModels() throws IOException {
        write("key", "sk-scripted");
        write("scripted.toml", """
                               [anthropic]
                               base-url = "%s"
                               api-key-file = "%s"
                               [openai]
                               base-url = "%s"
                               api-key-file = "%s"
                               [prices."anthropic:scripted"]
                               input = 1
                               output = 5
                               """.formatted(SERVER.url(Wire.ANTHROPIC), folder.resolve("key"),
                SERVER.url(Wire.OPENAI), folder.resolve("key")));
        live = folder.resolve("live");
        liveOutcome = replay(live);
        System.out.printf("replayed with models: the sample and %d recorded sessions%n", recordedSessions().size());
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void answerEverything() {
        SERVER.clear();
        SERVER.goOnWith(ScriptedBrain::behave);
    }

    @Test
    void shouldMeasureAModelAsItMeasuresTheExtractor() throws IOException {
        // given
        Path extractor = folder.resolve("extractor");
        assertThat(run(arguments(extractor)).exitCode()).isEqualTo(ExitCode.OK.number());
        // when
        Outcome evaluated = run(List.of("evaluate", extractor.toString(), live.toString()));
        // then
        assertThat(liveOutcome.exitCode()).as(liveOutcome.err()).isEqualTo(ExitCode.OK.number());
        assertThat(liveOutcome.out())
                .containsPattern("anthropic/scripted: [0-9,]+ answers, [0-9,]+ \\+ [0-9,]+ tokens, [0-9.]+ in the cur")
                .containsPattern("openai/scripted: [0-9,]+ answers, [0-9,]+ \\+ [0-9,]+ tokens\n")
                .containsPattern("counted: .*try.answered [0-9]+");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isEqualTo(ExitCode.OK.number());
        assertThat(evaluated.out()).contains("| metric | extractor | live |", "| problems | 0 | 0 |")
                .containsPattern("billed, in the currency of the run's prices \\| – \\| 0\\.[0-9]+ \\|");
        assertThat(names(evaluation(live))).isEqualTo(names(evaluation(extractor)));
        // and every answer was used, none refused or repaired
        assertThat(liveOutcome.out()).doesNotContain("answer.", "entry.dropped");
    }

    @Test
    void shouldWriteTheSameBytesWithoutACallWhenAnswersAreRecorded() throws IOException {
        // when
        Outcome first = replay(folder.resolve("first"), "--completions", "replay-strict", "--reuse", live.toString());
        Outcome second = replay(folder.resolve("second"), "--completions", "replay-strict", "--reuse",
                folder.resolve("first").toString());
        // then
        assertThat(List.of(first.exitCode(), second.exitCode())).as(first.err() + second.err())
                .containsOnly(ExitCode.OK.number());
        assertThat(SERVER.calls()).isEmpty();
        assertThat(first.out()).contains("anthropic/scripted: ").doesNotContain("counted:");
        Map<String, byte[]> files = files(live);
        assertThat(files).containsOnlyKeys("run.json", "progress.jsonl", "prompts.jsonl", "blocks.jsonl",
                "calls.jsonl", "completions.jsonl");
        for (String run : List.of("first", "second")) {
            Map<String, byte[]> again = files(folder.resolve(run));
            assertThat(again).containsOnlyKeys(files.keySet());
            again.forEach((name, bytes) -> assertThat(bytes).as("%s of %s", name, run).isEqualTo(files.get(name)));
        }
    }

    @Test
    void shouldNameTheSessionAndTheRequestWhenARecordedAnswerIsMissing() throws IOException {
        // given a run that lost one of its answers
        Path holey = Files.createDirectories(folder.resolve("holey"));
        List<String> answers = new ArrayList<>(Files.readAllLines(live.resolve("completions.jsonl")));
        JsonNode lost = JSON.readTree(answers.remove(answers.size() / 2));
        Files.write(holey.resolve("completions.jsonl"), answers);
        // when
        Outcome stopped = replay(folder.resolve("stopped"), "--completions", "replay-strict", "--reuse",
                holey.toString());
        // then
        assertThat(stopped.exitCode()).isEqualTo(ExitCode.INCOMPLETE.number());
        assertThat(stopped.err()).contains("%s asks what %s has no answer to (request %s)".formatted(
                lost.path("session").asText(), holey, lost.path("requestHash").asText()), "replay-or-call")
                .doesNotContain("Exception");
        assertThat(SERVER.calls()).isEmpty();
    }

    @Test
    void shouldGoOnWithTheExtractorWhenAModelFailsInOneSession() throws IOException {
        // given
        session("two/lucky", "kestrel", 12_000);
        session("two/unlucky", UNLUCKY, 12_000);
        SERVER.goOnWith(request -> request.lastText().contains(UNLUCKY)
                ? Behaviour.fail(Trouble.SERVER_ERROR)
                : ScriptedBrain.behave(request));
        Path run = folder.resolve("degraded");
        // when
        Outcome outcome = run(List.of("replay", folder.resolve("two").toString(), "--policy", "observational",
                "--budget", "8000", "--parallel", "1", "--out", run.toString(), "--config",
                folder.resolve("scripted.toml").toString(), "--observer", "anthropic:scripted,offline"));
        // then
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.OK.number());
        Map<String, Map<String, Long>> answers = Files.readAllLines(run.resolve("calls.jsonl")).stream()
                .map(ModelsOverHttpTest::json)
                .collect(Collectors.groupingBy(call -> call.path("session").asText(),
                        Collectors.groupingBy(call -> call.path("model").asText(), Collectors.counting())));
        assertThat(answers).containsOnlyKeys("two/lucky", "two/unlucky");
        assertThat(answers.get("two/lucky")).containsOnlyKeys("anthropic/scripted");
        assertThat(answers.get("two/unlucky")).hasSize(1).doesNotContainKey("anthropic/scripted");
        answers.values().forEach(session -> session.forEach(
                (model, count) -> assertThat(outcome.out()).contains(model + ": " + count + " answers")));
        assertThat(outcome.out()).contains("circuit.open 1").doesNotContain("times nobody answered")
                .containsPattern(answers.get("two/unlucky").values().iterator().next()
                        + " of them by another one than was asked first, first because of: .*api_error");
    }

    @Test
    void shouldCompareAModelWithTheExtractorByTheCommandOfTheReadme() throws Exception {
        // given the README's settings, at an endpoint that costs nothing, and a session that is long enough
        write("mnemosyne.toml", Readme.block("models").replace("/run/secrets/anthropic", folder.resolve("key")
                .toString()).replace("[anthropic]", "[anthropic]\nbase-url = \"" + SERVER.url(Wire.ANTHROPIC) + "\""));
        session("sessions/long", "kestrel", LEAST_BYTES);
        String command = Readme.block("compare");
        assertThat(Files.readString(Path.of("../docs/policies.md"))).contains(command);
        // when
        List<Outcome> outcomes = new ArrayList<>();
        for (List<String> arguments : commandsOf(command)) {
            outcomes.add(run(arguments));
        }
        // then
        assertThat(outcomes).allSatisfy(
                outcome -> assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.OK.number()));
        String printed = outcomes.stream().map(Outcome::out).collect(Collectors.joining());
        assertThat(printed)
                .contains("| metric | none | truncate | mask | fifo | observational | fidelity | hybrid | model |")
                .containsPattern("anthropic/claude-haiku-4-5: [1-9][0-9]* answers")
                .doesNotContain("of them by another");
        // and what the session without its largest result asks again is not paid again
        long answers = Stream.of("16000-with", "16000-without")
                .mapToLong(runs -> lines(folder.resolve("comparison").resolve(runs).resolve("model/calls.jsonl")))
                .sum();
        assertThat(SERVER.calls()).hasSizeLessThan((int) answers);
    }

    /** What a script in a checkout with a launcher that only notes its arguments would have it run. */
    private static List<List<String>> commandsOf(String command) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("scripts"));
        Files.copy(Path.of("../scripts/compare-policies"), folder.resolve("scripts/compare-policies"));
        write("scripts/mnemosyne", """
                                   #!/usr/bin/env bash
                                   (IFS=$'\\t'; echo "$*" >> commands)
                                   while [ $# -gt 0 ]; do [ "$1" != --out ] || mkdir -p "$2"; shift; done
                                   """);
        assertThat(folder.resolve("scripts/mnemosyne").toFile().setExecutable(true)).isTrue();
        Process script = new ProcessBuilder("bash", "-c", command).directory(folder.toFile()).inheritIO().start();
        assertThat(script.waitFor()).isZero();
        return Files.readAllLines(folder.resolve("commands")).stream()
                .map(line -> Stream.of(line.split("\t")).map(ModelsOverHttpTest::inFolder).toList()).toList();
    }

    /** Commands run here, not where the script was called. */
    private static String inFolder(String argument) {
        return Pattern.matches("(sessions|comparison|mnemosyne\\.toml)(/.*)?", argument)
                ? folder.resolve(argument).toString()
                : argument;
    }

    private static Outcome replay(Path out, String... more) throws IOException {
        List<String> arguments = arguments(out);
        arguments.addAll(List.of("--config", folder.resolve("scripted.toml").toString(), "--observer",
                "anthropic:scripted", "--reflector", "openai:scripted"));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private static List<String> arguments(Path out) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("replay", "../samples"));
        arguments.addAll(recordedSessions());
        arguments.addAll(List.of("--policy", "observational", "--budget", BUDGET, "--out", out.toString()));
        return arguments;
    }

    /** The shortest of each source that is long enough. */
    private static List<String> recordedSessions() throws IOException {
        Optional<Path> data = Optional.ofNullable(System.getenv("MNEMOSYNE_DATA")).map(Path::of);
        if (data.isEmpty()) {
            return List.of();
        }
        Map<Path, Path> shortest = SessionFiles.find(List.of(data.get().resolve("sessions/normalized"))).stream()
                .filter(file -> file.toFile().length() > LEAST_BYTES && file.toFile().length() < MOST_BYTES)
                .collect(Collectors.toMap(Path::getParent, file -> file, (one, other) -> Stream.of(one, other)
                        .min(Comparator.comparing((Path file) -> file.toFile().length())).orElseThrow()));
        return shortest.values().stream().map(Path::toString).sorted().toList();
    }

    private static Outcome run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    private static void session(String name, String word, int characters) throws IOException {
        int sentences = characters / 60 + 1;
        List<String> turns = new ArrayList<>();
        for (int from = 0; from < sentences; from += SENTENCES) {
            // What the user wants is a line of its own: an answer that says it twice is not to look like a loop.
            turns.add("{\"role\": \"%s\", \"content\": \"Go on from %d.\\n%s\"}".formatted(
                    turns.size() % 2 == 0 ? "user" : "assistant", from, IntStream.range(from, from + SENTENCES)
                            .mapToObj(i -> "Number %d is off the %s list since src/Part%d.java. ".formatted(i * i, word,
                                    i))
                            .collect(Collectors.joining())));
        }
        write(name + ".jsonl", String.join("\n", turns));
    }

    private static Map<String, byte[]> files(Path run) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> below = Files.walk(run)) {
            for (Path file : (Iterable<Path>) below.filter(Files::isRegularFile)::iterator) {
                // Of a run that was evaluated.
                if (!file.endsWith("evaluation.json")) {
                    files.put(run.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static JsonNode evaluation(Path run) throws IOException {
        return JSON.readTree(run.resolve("evaluation.json").toFile());
    }

    /** The names of all fields, as deep as they lie. */
    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.properties().forEach(field -> {
            names.add(field.getKey());
            names.addAll(names(field.getValue()));
        });
        node.elements().forEachRemaining(element -> names.addAll(node.isArray() ? names(element) : List.of()));
        return names;
    }

    private static long lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
