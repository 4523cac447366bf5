package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.Main;
import io.mnemosyne.replay.measure.RunReader;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayCommandTest {
    private static final String SAMPLES = "../samples";

    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldWriteAPromptForEveryModelCall() throws IOException {
        // when
        int exitCode = replay(SAMPLES, "--policy", "observational", "--budget", "16000");
        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK.number());
        assertThat(out.toString()).contains("observational: 1 sessions, 69 prompts", "written to");
        List<String> prompts = Files.readAllLines(run().resolve("prompts.jsonl"));
        assertThat(prompts).hasSize(69);
        assertThat(prompts.getLast())
                .startsWith("{\"session\": \"samples/mnemosyne-session\", \"step\": 68, \"upto\": ")
                .contains("\"kind\": \"observation\"", "\"kind\": \"turn\", \"seqs\": [129, 129]}]}");
    }

    @Test
    void shouldSayThatACompleteRunWasThereAlready() {
        // given
        replay(SAMPLES, "--policy", "none");
        // when
        int exitCode = replay(SAMPLES, "--policy", "none");
        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK.number());
        assertThat(out.toString()).contains("none: 0 sessions", "(1 were there already)");
    }

    @Test
    void shouldNameALineThatCannotBeReadAndGoOn() throws IOException {
        // given
        Path session = Files.createDirectories(folder.resolve("mine")).resolve("session.jsonl");
        Files.writeString(session, "{\"role\": \"user\", \"content\": \"Hello.\"}\nnot JSON\n"
                + "{\"role\": \"assistant\", \"content\": \"Hello!\"}\n");
        // when
        int exitCode = replay(session.toString(), "--policy", "none");
        // then
        assertThat(exitCode).isEqualTo(ExitCode.INCOMPLETE.number());
        assertThat(err.toString()).contains("session.jsonl, line 2: ");
        assertThat(Files.readAllLines(run().resolve("prompts.jsonl"))).singleElement().asString()
                .contains("\"session\": \"mine/session\"", "\"upto\": 0");
    }

    @Test
    void shouldLeaveOutTheLargestResultAndShortSessions() throws IOException {
        // when
        replay(SAMPLES, "--policy", "none", "--without-largest-result");
        long without = Files.size(run().resolve("blocks.jsonl"));
        int exitCode = Main.commandLine().setOut(new PrintWriter(out)).execute("replay", SAMPLES, "--policy", "none",
                "--min-chars", "100000000", "--out", folder.resolve("none").toString());
        // then
        assertThat(run().resolve("sessions/samples/mnemosyne-session.jsonl")).isNotEmptyFile();
        assertThat(without).isLessThan(Files.size(Path.of(SAMPLES, "mnemosyne-session.jsonl")) - 1_000);
        assertThat(exitCode).isEqualTo(ExitCode.OK.number());
        assertThat(folder.resolve("none").resolve("prompts.jsonl")).isEmptyFile();
    }

    @Test
    void shouldCutEveryPromptToTheLengthThatAnotherRunHad() throws IOException {
        // given
        String shorter = folder.resolve("truncate").toString();
        Main.commandLine().setOut(new PrintWriter(out)).execute("replay", SAMPLES, "--policy", "truncate", "--out",
                shorter);
        // when
        int exitCode = replay(SAMPLES, "--policy", "none", "--match", shorter);
        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK.number());
        try (RunReader one = RunReader.open(Path.of(shorter)); RunReader other = RunReader.open(run())) {
            List<Long> lengths = one.promptLengths("samples/mnemosyne-session");
            assertThat(lengths).hasSize(69);
            assertThat(other.promptLengths("samples/mnemosyne-session")).isEqualTo(lengths);
        }
        // and a run is not taken for the same one without it
        assertThat(replay(SAMPLES, "--policy", "none")).isNotEqualTo(ExitCode.OK.number());
    }

    @Test
    void shouldSayThatThereIsNoRunToMatch() {
        assertThat(replay(SAMPLES, "--policy", "none", "--match", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("prompts.jsonl");
    }

    @Test
    void shouldRefuseWhatItCannotDo() {
        assertThat(replay("nowhere", "--policy", "none")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("nowhere does not exist");
        assertThat(replay(SAMPLES, "--policy", "some")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("there is no policy 'some': name one of none, truncate, mask, fifo");
        assertThat(replay(SAMPLES, "--policy", "none", "--budget", "0")).isEqualTo(ExitCode.USAGE.number());
    }

    private int replay(String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay", "--out", run().toString()));
        all.addAll(List.of(arguments));
        return Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private Path run() {
        return folder.resolve("run");
    }
}
