package io.mnemosyne.replay.measure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.Sessions;

import static io.mnemosyne.replay.measure.RunDirectory.history;
import static io.mnemosyne.replay.measure.RunDirectory.raw;
import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {
    private static final Recording TALK = Sessions.of("talk/1", "{\"role\": \"user\", \"content\": \"see some_name\"}",
            "{\"role\": \"assistant\", \"content\": \"some_name it is\"}");
    private static final Recording WORK = Sessions.of("work/1", "{\"role\": \"user\", \"content\": \"list it\"}",
            "{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"c\", \"name\": \"list\", \"arguments\": {}}]}",
            "{\"role\": \"tool\", \"tool_call_id\": \"c\", \"content\": \"%s\"}".formatted("x".repeat(8_000)),
            "{\"role\": \"assistant\", \"content\": \"done\"}");

    @TempDir
    private Path directory;

    @Test
    void shouldPutReportsSideBySideAndLeaveOutWhatAppliesToNone() throws IOException, InterruptedException {
        // given
        Map<String, Report> reports = new LinkedHashMap<>();
        reports.put("second", full());
        reports.put("first", full());

        // when
        List<String> table = ReportTable.of(reports).lines().toList();

        // then
        assertThat(table).startsWith("| metric | second | first |", "|---|---|---|",
                "| sessions scored / not in run | 2 / 1 | 2 / 1 |", "| steps | 3 | 3 |");
        assertThat(table).contains("| **2 max prompt tokens** | 2,010 | 2,010 |",
                "| 2 median session peak | 1,007 [3.250, 2,010] | 1,007 [3.250, 2,010] |", "| problems | 0 | 0 |",
                "| 5 reply support | 1.000 [1.000, 1.000]; 1.000 [1.000, 1.000] | 1.000 [1.000, 1.000]; 1.000 [1.000, 1.000] |",
                "| 4 unique evictions + withheld (of them from reads) | 0 + 0 (0) | 0 + 0 (0) |");
        assertThat(table).noneMatch(row -> row.contains("over ceiling") || row.contains("faults per read")
                || row.contains("helper calls"));
    }

    @Test
    void shouldShowEachSourceAndEachTool() throws IOException, InterruptedException {
        // given
        Report report = full();

        // when
        String bySource = ReportTable.bySource(report);
        String tools = ReportTable.tools(report);

        // then
        assertThat(bySource).startsWith("| metric | run | talk | work |").contains(
                "| sessions scored / not in run | 2 / 1 | 1 / 0 | 1 / 1 |", "| steps | 3 | 1 | 2 |");
        assertThat(tools).isEqualTo("""
                                    | tool | results | tokens | share of the history | never referred to |
                                    |---|---|---|---|---|
                                    | list | 1 | 2,000 | 0.991 | 1.000 |
                                    """);
    }

    @Test
    void shouldWriteEverySessionAsJson() throws IOException, InterruptedException {
        // given a step that is missing
        RunDirectory run = new RunDirectory(directory).prompt(WORK, 0, raw(WORK, 0)).line("calls.jsonl",
                """
                {"session": "work/1", "afterEvent": 0, "stage": "observer", "model": "m", "inputTokens": 3, \
                "outputTokens": 1}""");
        Report report = evaluate(run, OptionalLong.of(5));
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        // when
        ReportJson.write(report, written);

        // then
        JsonNode json = new ObjectMapper().readTree(written.toByteArray());
        assertThat(json.path("ceiling").asLong()).isEqualTo(5);
        assertThat(json.path("sessions_not_in_run").path(0).asText()).isEqualTo("talk/1");
        JsonNode session = json.path("per_session").path("work/1");
        assertThat(session.path("problems").path(0).asText()).isEqualTo("1 of 2 steps are missing");
        assertThat(session.path("counts").path("steps_missing").asLong()).isEqualTo(1);
        assertThat(session.path("metrics").path("token_reduction").asDouble()).isZero();
        assertThat(session.path("metrics").path("support").isNull()).isTrue();
        assertThat(session.path("tools").path("list").path("chars").asLong()).isEqualTo(8_000);
        assertThat(session.path("helpers").path("observer").path("input_tokens").asLong()).isEqualTo(3);
        assertThat(json.path("by_source").path("work").path("metrics").path("cost_ratio").path("median").asDouble())
                .isEqualTo(1);
    }

    /** A run of two sessions with the full history; a third session is left out. */
    private Report full() throws IOException, InterruptedException {
        Path folder = directory.resolve("run");
        if (folder.toFile().mkdir()) {
            new RunDirectory(folder).prompt(TALK, 0, history(TALK, 0)).prompt(WORK, 0, history(WORK, 0)).prompt(WORK, 1,
                    history(WORK, 1));
        }
        try (RunReader run = RunReader.open(folder)) {
            return Evaluation.evaluate(run, List.of(TALK, WORK, Sessions.of("work/2", "{\"role\": \"assistant\"}")),
                    OptionalLong.empty());
        }
    }

    private static Report evaluate(RunDirectory directory, OptionalLong ceiling)
            throws IOException, InterruptedException {
        try (RunReader run = directory.open()) {
            return Evaluation.evaluate(run, List.of(TALK, WORK), ceiling);
        }
    }
}
