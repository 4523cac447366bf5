package io.mnemosyne.replay.recording;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReadKeysTest {

    @Test
    void shouldKeyAFileReaderByItsPathAndTellRangesApart() throws JsonProcessingException {
        // given
        String first = "{\"file_path\": \"a.py\", \"from\": 1}";
        String second = "{\"from\": 9, \"file_path\": \"a.py\"}";

        // when
        ReadKeys one = keys("Read", first).orElseThrow();
        ReadKeys other = keys("Read", second).orElseThrow();

        // then
        assertThat(one.key()).isEqualTo(other.key());
        assertThat(one.whole()).isNotEqualTo(other.whole());
    }

    @Test
    void shouldKeyAQueryByAllItsArgumentsInAnyOrder() throws JsonProcessingException {
        // given
        String first = "{\"q\": \"x\", \"in\": \"src\"}";
        String second = "{\"in\": \"src\", \"q\": \"x\"}";

        // when
        ReadKeys one = keys("grep_files", first).orElseThrow();

        // then
        assertThat(one).isEqualTo(keys("grep_files", second).orElseThrow());
        assertThat(one.key()).isNotEqualTo(keys("grep_files", "{\"q\": \"x\"}").orElseThrow().key());
    }

    @Test
    void shouldKeyTheViewCommandOfAnEditorButNotItsOthers() throws JsonProcessingException {
        // given
        String view = "{\"command\": \"view\", \"path\": \"a.py\"}";
        String edit = "{\"command\": \"create\", \"path\": \"a.py\"}";

        // when
        Optional<ReadKeys> viewing = keys("str_replace_editor", view);

        // then
        assertThat(viewing.orElseThrow().key()).isEqualTo("str_replace_editor:view:a.py");
        assertThat(keys("str_replace_editor", edit)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
                                            cat a.py ! cat a.py
                                            cd /x && cat  "a b.py" 2>/dev/null ! cd /x && cat 'a b.py'
                                            sed -n 1,20p a.py | head -5 ! sed -n 1,20p a.py | head -5
                                            grep -rn 'a > b; c' src || true; ls !
                                            grep -rn 'a > b; rm c' src ! grep -rn 'a > b; rm c' src
                                            cat a.py > b.py !
                                            sed -i -n 1p a.py !
                                            cat a.py | xargs rm !
                                            echo hi !
                                            cat $(find .) !
                                            """)
    void shouldKeyAShellCommandOnlyIfItOnlyReads(String command, String key) throws JsonProcessingException {
        // given
        String arguments = new ObjectMapper().createObjectNode().put("command", command).toString();

        // when
        Optional<ReadKeys> keys = keys("bash", arguments);

        // then
        assertThat(keys.map(ReadKeys::key)).isEqualTo(Optional.ofNullable(key).map(text -> "shell:" + text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"edit", "write_file", "finish"})
    void shouldHaveNoKeyForOtherTools(String tool) throws JsonProcessingException {
        // given
        String arguments = "{\"path\": \"a.py\"}";

        // when
        Optional<ReadKeys> keys = keys(tool, arguments);

        // then
        assertThat(keys).isEmpty();
    }

    private static Optional<ReadKeys> keys(String tool, String arguments) throws JsonProcessingException {
        return ReadKeys.of(tool, new ObjectMapper().readTree(arguments));
    }
}
