package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.Main;
import io.mnemosyne.launcher.Readme;

import static org.assertj.core.api.Assertions.assertThat;

class EvaluateCommandTest {
    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldDoWhatTheReadmePromises() throws IOException {
        // when the README's commands run, with other places for the sample and the runs
        List<Integer> exitCodes = Readme.block("replay").lines()
                .map(line -> line.replace("scripts/mnemosyne ", "").replace(" samples ", " ../samples ")
                        .replace("runs/", folder + "/"))
                .map(line -> run(line.split(" "))).toList();
        // then
        assertThat(exitCodes).as(err.toString()).hasSize(3).containsOnly(ExitCode.OK.number());
        assertThat(out.toString()).contains("| metric | hybrid | mask |", "**3 cost ratio**",
                "| problems | 0 | 0 |");
        JsonNode numbers = new ObjectMapper()
                .readTree(folder.resolve("hybrid").resolve("evaluation.json").toFile());
        assertThat(numbers.toString()).contains("samples/mnemosyne-session", "token_reduction");
    }

    @Test
    void shouldSayThatARunHasProblems() throws IOException {
        // given a run that lost its last prompt
        run("replay", "../samples", "--policy", "none", "--out", folder.toString());
        Path prompts = folder.resolve("prompts.jsonl");
        List<String> lines = Files.readAllLines(prompts);
        Files.write(prompts, lines.subList(0, lines.size() - 1));
        // when
        int exitCode = run("evaluate", folder.toString());
        // then
        assertThat(exitCode).isEqualTo(ExitCode.INCOMPLETE.number());
        assertThat(out.toString()).containsPattern("\\| problems \\| [1-9]");
    }

    @Test
    void shouldShowWhichFactsARunLoses() {
        // given
        run("replay", "../samples", "--policy", "truncate", "--out", folder.toString());
        // when
        int exitCode = run("evaluate", folder.toString(), "--lost", "1");
        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK.number());
        assertThat(out.toString()).containsPattern(
                "(?s)\\| 6 old paths \\| 0\\..*\\| \\*\\*paths\\*\\* .*/.* \\| samples/mnemosyne-session \\| [0-9]+ \\|");
        assertThat(run("evaluate", folder.toString(), "--lost", "101")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("--lost is 101");
    }

    @Test
    void shouldRefuseWhatIsNoRun() throws IOException {
        // given
        run("replay", "../samples", "--policy", "none", "--out", folder.toString());
        Files.writeString(folder.resolve("prompts.jsonl"), "no JSON\n", StandardOpenOption.APPEND);
        // when, then
        assertThat(run("evaluate", folder.toString())).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("prompts.jsonl");
        assertThat(run("evaluate", folder.resolve("nowhere").toString())).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("nowhere");
    }

    private int run(String... arguments) {
        return Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
