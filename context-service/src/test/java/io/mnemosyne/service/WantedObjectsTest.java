package io.mnemosyne.service;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.fidelity.Fidelity;

import static org.assertj.core.api.Assertions.assertThat;

/** What an agent wants kept, back, or gone. */
class WantedObjectsTest extends ServiceTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                                                 {"seq": 7},         seq,    7
                                                 {"object": "ab01"}, object, ab01
                                                 """)
    void shouldTakeWhatIsToBeKept(String body, String argument, String value) throws Exception {
        // when
        HttpResponse<String> taken = tell("/pin", body);

        // then
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(PositionToken.parse(json(taken).path("position").asText()).topic()).isEqualTo("commands");
        assertThat(threads.commands).singleElement().satisfies(command -> {
            assertThat(command.kind()).isEqualTo(Command.Kind.PIN);
            assertThat(command.arguments()).isEqualTo(Map.of(argument, value));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"seq\": 1, \"object\": \"a\"}", "{\"seq\": -1}", "{\"seq\": 1.5}",
            "{\"seq\": \"x\"}", "{\"seq\": "})
    void shouldRefuseAPinOfNothing(String body) throws Exception {
        // when
        HttpResponse<String> refused = tell("/pin", body);

        // then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("detail").asText()).contains("seq");
        assertThat(threads.commands).isEmpty();
    }

    @Test
    void shouldTakeWhatIsToBeRestored() throws Exception {
        // given
        twoObjects();

        // when
        HttpResponse<String> taken = tell("/restore", "{\"object\": \"o1\"}");

        // then
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(PositionToken.parse(json(taken).path("position").asText()).topic()).isEqualTo("commands");
        assertThat(json(taken).has("objects")).isFalse();
        assertThat(threads.commands).singleElement().satisfies(command -> {
            assertThat(command.kind()).isEqualTo(Command.Kind.RESTORE);
            assertThat(command.arguments()).isEqualTo(Map.of("object", "o1"));
        });
    }

    @Test
    void shouldGiveTheTextAtOnceWhereItIsAskedFor() throws Exception {
        // given
        twoObjects();

        // when
        HttpResponse<String> taken = tell("/restore", "{\"object\": \"o0\", \"text\": true}");

        // then
        assertThat(taken.statusCode()).isEqualTo(200);
        JsonNode object = json(taken).path("objects").path(0);
        assertThat(object.path("text").asText()).isEqualTo("hello → wörld");
        assertThat(object.path("type").asText()).isEqualTo("tool_result");
        assertThat(json(taken).path("position").asText()).isNotEmpty();
        assertThat(threads.commands).hasSize(1);
    }

    @Test
    void shouldRestoreAllObjectsOfATurn() throws Exception {
        // given
        twoObjects();

        // when
        JsonNode taken = json(tell("/restore", "{\"seq\": 1, \"text\": true}"));

        // then
        assertThat(taken.path("objects").findValuesAsText("object")).containsExactly("o1");
        assertThat(threads.commands).singleElement()
                .satisfies(command -> assertThat(command.arguments()).isEqualTo(Map.of("seq", "1")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  {"seq": 12}                   | no turn 12: its newest is 1
                                                                  {"seq": 0}                    | turn 0 has no objects
                                                                  {"object": "gone"}            | has no object 'gone'
                                                                  """)
    void shouldSayWhatToDoAboutWhatTheThreadDoesNotHave(String body, String detail) throws Exception {
        // given
        post("application/json", "[" + HELLO + "," + ANSWER + "]");
        threads.apply();

        // when
        HttpResponse<String> refused = tell("/restore", body);

        // then
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(json(refused).path("detail").asText()).contains(detail);
        assertThat(threads.commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"seq\": 1, \"object\": \"o1\"}", "{\"seq\": -1}", "{\"seq\": \"x\"}",
            "{\"object\": \"o1\", \"text\": \"yes\"}", "{\"objects\": [\"o1\"]}"})
    void shouldRefuseToRestoreNothing(String body) throws Exception {
        // given
        twoObjects();

        // when, then
        assertThat(tell("/restore", body).statusCode()).isEqualTo(400);
        assertThat(threads.commands).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  {"objects": ["o0", "o1", "o0"]}                 |
                                                                  {"objects": ["o0", "o1"], "level": "stub"}      | stub
                                                                  {"objects": ["o0", "o1"], "level": "evicted"}   | evicted
                                                                  """)
    void shouldTakeWhatIsToBeLetGo(String body, String level) throws Exception {
        // given
        twoObjects();

        // when
        HttpResponse<String> taken = tell("/release", body);

        // then
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(threads.commands).singleElement().satisfies(command -> {
            assertThat(command.kind()).isEqualTo(Command.Kind.RELEASE);
            assertThat(command.arguments()).containsEntry("objects", "o0,o1");
            assertThat(command.arguments().get("level")).isEqualTo(level);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  {"objects": []}                               | 400 | 'objects' must be
                                                                  {"objects": ["o0"], "level": "full"}          | 400 | 'level' must be one of stub, evicted
                                                                  {"object": "o0"}                              | 400 | 'object' is no field; there are objects, level
                                                                  {"objects": ["o0", "gone"]}                   | 404 | no object 'gone'
                                                                  """)
    void shouldSayWhatIsWrongWithARelease(String body, int status, String detail) throws Exception {
        // given
        twoObjects();

        // when
        HttpResponse<String> refused = tell("/release", body);

        // then
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(json(refused).path("detail").asText()).contains(detail);
        assertThat(threads.commands).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  /restore | {"object": "o0"}
                                                                  /release | {"objects": ["o0"]}
                                                                  """)
    void shouldAnswer404ForAThreadWithoutTurns(String path, String body) throws Exception {
        assertThat(tell(path, body).statusCode()).isEqualTo(404);
        assertThat(threads.commands).isEqualTo(List.of());
    }

    private void twoObjects() throws Exception {
        post("application/json", "[" + HELLO + "," + ANSWER + "]");
        threads.show(0, Fidelity.FULL);
        threads.show(1, Fidelity.STUB);
        threads.apply();
    }
}
