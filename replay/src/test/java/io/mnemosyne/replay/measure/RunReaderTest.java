package io.mnemosyne.replay.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunReaderTest {
    private static final String PROMPT = """
                                         {"session": "%s", "step": %d, "upto": 7, "blocks": [{"sha": "%s", "kind": "turn", "seqs": [0, 7]}]}""";

    @TempDir
    private Path directory;

    @Test
    void shouldGiveThePromptsOfASessionInOrderWhereverTheyStand() throws IOException {
        // given lines of two sessions, mixed, the last without a line end, and one step twice
        write("prompts.jsonl", PROMPT.formatted("a/1", 1, "x"), PROMPT.formatted("b/1", 0, "x"), "",
                PROMPT.formatted("a/1", 0, "y"), PROMPT.formatted("a/1", 1, "z"));
        write("blocks.jsonl");

        // when
        try (RunReader run = RunReader.open(directory)) {

            // then
            assertThat(run.sessions()).containsExactly("a/1", "b/1");
            assertThat(run.prompts("a/1").map(prompt -> prompt.step() + prompt.parts().getFirst().sha()))
                    .containsExactly("0y", "1z");
            assertThat(run.repeatedSteps("a/1")).containsExactly(1);
            assertThat(run.prompts("b/1").toList()).containsExactly(
                    new Prompt(0, 7, List.of(new Prompt.Part("x", "turn", Optional.of(new Span(0, 7))))));
        }
    }

    @Test
    void shouldFindTextsByTheirHash() throws IOException {
        // given a text longer than what is read at once, between two short ones, and a repeated line
        String large = "é\\n".repeat(700_000);
        write("prompts.jsonl");
        write("blocks.jsonl", "{\"sha\": \"s\", \"text\": \"short\"}", "{\"sha\": \"l\", \"text\": \"" + large + "\"}",
                "{\"sha\": \"e\", \"text\": \"end\"}", "{\"sha\": \"s\", \"text\": \"short\"}");

        // when
        try (RunReader run = RunReader.open(directory)) {

            // then
            assertThat(run.text("s")).contains("short");
            assertThat(run.text("l")).contains("é\n".repeat(700_000));
            assertThat(run.text("e")).contains("end");
            assertThat(run.text("?")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
                                            prompts.jsonl ! {"session": "a/1", "step": ! not valid JSON
                                            prompts.jsonl ! ["a/1"] ! a line must be a JSON object
                                            prompts.jsonl ! {"step": 1} ! 'session' must be a string
                                            prompts.jsonl ! {"session": "a/1", "step": "1"} ! 'step' must be a whole number
                                            blocks.jsonl ! {"sha": "x", "text": 1} ! 'text' must be a string
                                            blocks.jsonl ! {"sha": "first", "text": "other"} ! another text than in line 1 under sha first
                                            calls.jsonl ! {"stage": "observer"} ! 'session' must be a string
                                            """)
    void shouldNameFileAndLineOfABrokenLine(String file, String line, String problem) throws IOException {
        // given
        write("prompts.jsonl");
        write("blocks.jsonl", "{\"sha\": \"first\", \"text\": \"t\"}");
        Files.writeString(directory.resolve(file), "\n" + line,
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);

        // when
        var opening = assertThatThrownBy(() -> RunReader.open(directory));

        // then
        opening.isInstanceOf(BrokenRunException.class).hasMessageContaining(file + " line 2: ")
                .hasMessageContaining(problem);
    }

    @Test
    void shouldNameFileAndLineOfAPromptThatIsBrokenInside() throws IOException {
        // given
        write("prompts.jsonl", PROMPT.formatted("a/1", 0, "x"),
                PROMPT.formatted("a/1", 1, "x").replace("[0, 7]", "[0]"));
        write("blocks.jsonl");

        // when
        try (RunReader run = RunReader.open(directory)) {

            // then
            assertThatThrownBy(() -> run.prompts("a/1").toList()).isInstanceOf(BrokenRunException.class)
                    .hasMessageContaining("prompts.jsonl line 2: 'seqs' must be null or a list of two numbers");
        }
    }

    @Test
    void shouldSayWhatARunDirectoryHoldsWhenAFileIsMissing() throws IOException {
        // given
        write("prompts.jsonl");

        // when
        var opening = assertThatThrownBy(() -> RunReader.open(directory));

        // then
        opening.isInstanceOf(BrokenRunException.class).hasMessageContaining("blocks.jsonl: there is no such file");
    }

    @Test
    void shouldTellHelpersThatSomebodyPaysFor() throws IOException {
        // given
        String call = """
                      {"session": "a/1", "afterEvent": 3, "stage": "observer", "model": "%s", "inputTokens": 10, \
                      "outputTokens": 2}""";
        write("prompts.jsonl");
        write("blocks.jsonl");
        write("calls.jsonl", call.formatted("offline/rules"), call.formatted("stub/observer"),
                call.formatted("big/model")
                        .replace("}", ", \"micros\": 7}"));

        // when
        try (RunReader run = RunReader.open(directory)) {

            // then
            assertThat(run.helperCalls("a/1")).containsExactly(new HelperTokens("observer", false, 10, 2, 0),
                    new HelperTokens("observer", false, 10, 2, 0), new HelperTokens("observer", true, 10, 2, 7));
            assertThat(run.helperCalls("b/1")).isEmpty();
        }
    }

    private void write(String file, String... lines) throws IOException {
        Files.writeString(directory.resolve(file), String.join("\n", lines));
    }
}
