package io.mnemosyne.replay.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.replay.policy.Parameters;
import io.mnemosyne.replay.policy.Policies;
import io.mnemosyne.replay.policy.RecordedCalls;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.Sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplayRunTest {
    private static final int SESSIONS = 12;

    @TempDir
    Path folder;

    @Test
    void shouldWriteTheSameBytesWheneverAndHoweverParallelItRuns() throws Exception {
        // when
        run("first", 1, SESSIONS);
        run("second", 4, SESSIONS);
        // then
        assertThat(files("second")).isEqualTo(files("first"));
        assertThat(files("first").get("prompts.jsonl").lines()).hasSize(2 * (SESSIONS - 1));
    }

    @Test
    void shouldGoOnWhereItWasInterrupted() throws Exception {
        // given a run that broke off, with half a session behind what it noted
        run("whole", 2, SESSIONS);
        assertThatThrownBy(() -> run("broken", 2, 7)).isInstanceOf(IOException.class).hasMessage("no more");
        for (String file : List.of("prompts.jsonl", "blocks.jsonl", "progress.jsonl")) {
            Files.writeString(folder.resolve("broken").resolve(file), "{\"session\": \"half",
                    StandardOpenOption.APPEND);
        }
        // when
        run("broken", 2, SESSIONS);
        // then
        assertThat(files("broken")).isEqualTo(files("whole"));
    }

    @Test
    void shouldAddNothingWhenItIsCompleteAlready() throws Exception {
        // given
        run("run", 2, SESSIONS);
        Map<String, String> before = files("run");
        // when
        run("run", 2, SESSIONS);
        // then
        assertThat(files("run")).isEqualTo(before);
    }

    @Test
    void shouldNotMixTwoRuns() throws Exception {
        // given
        run("run", 2, SESSIONS);
        // when, then
        assertThatThrownBy(() -> RunWriter.open(folder.resolve("run"),
                new RunDescription("mask", Map.of(), 8_000, List.of(), 0, false)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("holds a run of other sessions");
    }

    @Test
    void shouldFindTheAnswersOfAnEarlierRun() throws Exception {
        // given
        run("run", 2, SESSIONS);
        String first = files("run").get("completions.jsonl").lines().findFirst().orElseThrow();
        String session = first.replaceFirst(".*\"session\":\"([^\"]*)\".*", "$1");
        String hash = first.replaceFirst(".*\"requestHash\":\"([^\"]*)\".*", "$1");
        // when
        try (RecordedCallsFile recorded = RecordedCallsFile.of(folder.resolve("run"))) {
            // then
            assertThat(recorded.find(session, hash)).hasValueSatisfying(
                    response -> assertThat(response).contains("observed"));
            assertThat(recorded.find("another/session", hash)).isEmpty();
        }
    }

    /** The third session is left out; the one with number {@code readable} and those behind it cannot be read. */
    private void run(String name, int parallel, int readable) throws Exception {
        RunDescription description = new RunDescription("observational", Map.of(), 8_000,
                IntStream.range(0, SESSIONS).mapToObj(i -> "made/" + i).toList(), 0, false);
        List<Callable<Optional<Recording>>> sessions = IntStream.range(0, SESSIONS)
                .<Callable<Optional<Recording>>>mapToObj(i -> () -> {
                    if (i >= readable) {
                        throw new IOException("no more");
                    }
                    return i == 2 ? Optional.empty() : Optional.of(recording(i));
                }).toList();
        try (RunWriter writer = RunWriter.open(folder.resolve(name), description)) {
            new ReplayRun(Policies.named("observational", Parameters.NONE, 8_000, RecordedCalls.NONE), parallel)
                    .run(sessions, writer, _ -> {
                    });
        }
    }

    private static Recording recording(int number) {
        return Sessions.of("made/" + number, "{\"role\": \"user\", \"content\": \"Do it, " + number + ".\"}",
                "{\"role\": \"assistant\", \"content\": \"" + ("We decided on number " + number + ". ").repeat(600)
                        + "\"}",
                "{\"role\": \"user\", \"content\": \"" + "Grüße, and so on. ".repeat(400) + "\"}",
                "{\"role\": \"assistant\", \"content\": \"Done.\"}");
    }

    private Map<String, String> files(String run) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve(run))) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
