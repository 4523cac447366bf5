package io.mnemosyne.launcher.importer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class SessionFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldSkipMalformedLinesAndSayWhereTheyAre() throws IOException {
        // given
        Path file = write("session.jsonl", """
                                           {"role":"user","content":"first"}
                                           {"role":"user","content":
                                           {"content":"who says this?"}

                                           {"role":"assistant","content":""}
                                           """);
        List<String> malformed = new ArrayList<>();

        // when
        List<RawTurn> turns = SessionFile.open(file, "auto").readAll(malformed::add);

        // then the good lines are there, an empty turn among them, with ids that stay the same at every import
        assertThat(turns).extracting(RawTurn::eventId).containsExactly("session:1", "session:5");
        assertThat(malformed).hasSize(2);
        assertThat(malformed.get(0)).startsWith("line 2: not valid JSON");
        assertThat(malformed.get(1)).startsWith("line 3: 'role' is missing");
    }

    @Test
    void shouldMakeOneTurnOfEachLineThatSharesAMessageId() throws IOException {
        // given
        Path file = write("log.jsonl",
                """
                {"type":"file-history-snapshot","messageId":"m"}
                {"type":"user","uuid":"u1","sessionId":"s","timestamp":"2026-01-06T09:15:59.901Z","message":{"role":"user","content":"go"}}
                {"type":"assistant","uuid":"u2","sessionId":"s","message":{"id":"msg_1","role":"assistant","content":[{"type":"thinking","thinking":"hm"}]}}
                {"type":"assistant","uuid":"u3","sessionId":"s","message":{"id":"msg_1","role":"assistant","content":[{"type":"tool_use","id":"c1","name":"Read","input":{"file_path": "/a"}},{"type":"novel","x":1}]}}
                {"type":"user","uuid":"u4","sessionId":"s","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],"is_error":true},{"type":"tool_result","tool_use_id":"c0","content":"c"}]}}
                """);

        // when
        List<RawTurn> turns = SessionFile.open(file, "auto").readAll(line -> {
            throw new AssertionError(line);
        });

        // then
        assertThat(turns).extracting(RawTurn::role).containsExactly(Role.USER, Role.ASSISTANT, Role.ASSISTANT,
                Role.TOOL,
                Role.TOOL);
        assertThat(turns).extracting(RawTurn::eventId).containsExactly("u1", "u2", "u3", "u4", "u4#1");
        assertThat(turns).extracting(turn -> turn.origin().messageId()).containsExactly(Optional.empty(),
                Optional.of("msg_1"), Optional.of("msg_1"), Optional.empty(), Optional.empty());
        assertThat(turns.get(2).parts()).hasToString(
                "[ToolCall[id=c1, name=Read, content=Inline[text={\"file_path\": \"/a\"}]]]");
        assertThat(turns.get(2).origin().attributes()).containsEntry("unknown_blocks",
                "[{\"type\":\"novel\",\"x\":1}]");
        assertThat(turns.get(3).parts()).hasToString(
                "[ToolResult[callId=c1, toolName=Read, content=Inline[text=a\nb], error=true]]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  "2026-01-06T09:15:59.901"
                                                                  "yesterday"
                                                                  1767690959901
                                                                  """)
    void shouldCarryATimestampAlongThatNamesNoInstant(String timestamp) throws IOException {
        // given
        String text = "{\"type\":\"text\",\"text\":\"hi\"}";
        Path claude = write("claude.jsonl", "{\"type\":\"user\",\"uuid\":\"u1\",\"sessionId\":\"s\",\"timestamp\":"
                + timestamp + ",\"message\":{\"role\":\"user\",\"content\":[" + text + "]}}\n");
        Path pi = write("pi.jsonl", "{\"type\":\"message\",\"timestamp\":" + timestamp
                + ",\"message\":{\"role\":\"user\",\"content\":[" + text + "]}}\n");

        for (Path file : List.of(claude, pi)) {
            // when
            List<RawTurn> turns = SessionFile.open(file, "auto").readAll(line -> {
                throw new AssertionError(line);
            });

            // then
            assertThat(turns).singleElement().satisfies(turn -> {
                assertThat(turn.origin().at()).isEmpty();
                assertThat(turn.origin().attributes()).containsEntry("timestamp", timestamp);
            });
        }
    }

    @Test
    void shouldRefuseAFileOfNoKnownFormat() throws IOException {
        // given
        Path file = write("notes.txt", "just text\n");

        // then
        assertThatThrownBy(() -> SessionFile.open(file, "auto")).hasMessageContaining("name it with --format");
        assertThatThrownBy(() -> SessionFile.open(file, "yaml"))
                .hasMessageContaining("choose one of auto, mnemosyne, claude-code, pi");
    }

    @Test
    void shouldNameTheThreadAfterTheFile() throws IOException {
        Path file = write("my session (2).jsonl", "{\"role\":\"user\"}");
        assertThat(SessionFile.open(file, "auto").threadName()).isEqualTo("my-session--2-");
    }

    @ParameterizedTest
    @CsvSource({
            "sessions/original/claude_code/claude-code-sample.jsonl, sessions/original/claude_code/claude-code-sample.normalized.jsonl",
            "sessions/original/pi_coding_agent/large-session.jsonl, sessions/normalized/pi_coding_agent/large-session.jsonl"})
    void shouldReadTheSameTurnsFromANativeLogAsFromItsNormalizedForm(String original, String normalized)
            throws IOException {
        // given
        Optional<Path> data = Optional.ofNullable(System.getenv("MNEMOSYNE_DATA")).map(Path::of);
        assumeThat(data).as("MNEMOSYNE_DATA names no folder with recorded sessions").isPresent();
        List<String> malformed = new ArrayList<>();

        // when
        List<RawTurn> recorded = SessionFile.open(data.orElseThrow().resolve(original), "auto")
                .readAll(malformed::add);
        List<RawTurn> expected = SessionFile.open(data.orElseThrow().resolve(normalized), "auto")
                .readAll(malformed::add);

        // then
        assertThat(malformed).isEmpty();
        assertThat(recorded).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(told(recorded.get(i))).as("turn %s", i).isEqualTo(told(expected.get(i)));
        }
        System.out.printf("%s: %d turns are those of its normalized form%n", original, recorded.size());
    }

    /** What a turn says, with arguments as values, since the two forms lay their JSON out differently. */
    private static List<Object> told(RawTurn turn) {
        List<Object> told = new ArrayList<>(
                List.of(turn.role(), turn.origin().at(), turn.origin().sourceIndex(), turn.parts().size()));
        told.addAll(turn.parts().stream().map(SessionFileTest::told).sorted().toList());
        return told;
    }

    private static String told(Part part) {
        try {
            return part instanceof Part.ToolCall call
                    ? "call " + call.id() + " " + call.name() + " "
                            + new ObjectMapper().readTree(call.content().shown())
                    : part.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
