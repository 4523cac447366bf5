package io.mnemosyne.core.transcript;

import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TurnJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"id\":\"e1\",\"i\":0,\"role\":\"user\",\"content\":\"hello\"}",
            "{\"id\":\"e1\",\"role\":\"assistant\",\"content\":\"\"}",
            "{\"id\":\"e1\",\"role\":\"assistant\",\"content\":\"x\",\"thinking\":\"hm\",\"tool_calls\":[{\"id\":\"c\",\"name\":\"bash\",\"arguments\":{\"b\": 1.50, \"a\":1e5}}]}",
            "{\"id\":\"e1\",\"role\":\"tool\",\"content\":\"out\",\"tool_call_id\":\"c\",\"tool_name\":\"bash\",\"is_error\":true}",
            "{\"id\":\"e1\",\"role\":\"tool\",\"content\":[{\"type\":\"tool_result\",\"content\":\"out\",\"tool_call_id\":\"c\"}],\"tool_call_id\":\"d\"}",
            "{\"id\":\"e1\",\"role\":\"user\",\"content\":\"x\",\"ts\":\"2025-11-20T23:33:01.550Z\",\"usage\":{\"z\":0.10,\"a\":[1, 2]}}",
            "{\"id\":\"e1\",\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image\",\"media_type\":\"image/png\",\"data\":\"AAAA\"},{\"type\":\"text\",\"text\":\"b\"}]}"})
    void shouldWriteBackEveryCharacterThatItRead(String json) throws InvalidTurnException {
        // when
        RawTurn turn = TurnJsonReader.read(json, "none");

        // then
        assertThat(TurnJson.write(turn)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({"2025-11-20T23:33:01.5+02:00, 2025-11-20T21:33:01.500Z",
            "2025-11-20 23:33:01+0200, 2025-11-20T21:33:01Z",
            "2025-11-20T23:33:01.000Z, 2025-11-20T23:33:01Z", "2025-11-20t23:33z, 2025-11-20T23:33:00Z",
            "2025-11-20T23:33:01.123456789Z, 2025-11-20T23:33:01.123456789Z"})
    void shouldKeepATimeThatIsWrittenUnusually(String time, Instant at) throws InvalidTurnException {
        // given
        String json = "{\"id\":\"e1\",\"role\":\"user\",\"content\":\"x\",\"ts\":\"" + time + "\"}";

        // when
        RawTurn turn = TurnJsonReader.read(json, "none");

        // then it comes back as it was, although topics keep microseconds only
        assertThat(turn.origin().at()).contains(at);
        assertThat(turn.origin().attributes()).containsEntry("ts", '"' + time + '"');
        assertThat(TurnJson.write(turn)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-08-06T08:47:10", "2024-08-06T08:47:10.123456", "2024-08-06 08:47:10",
            "2024-08-06T08:47",
            "2024-08-06"})
    void shouldCarryATimeWithoutAnOffsetAlongWithoutGuessingItsInstant(String time) throws InvalidTurnException {
        // given
        String json = "{\"id\":\"e1\",\"role\":\"user\",\"content\":\"x\",\"ts\":\"" + time + "\"}";

        // when
        RawTurn turn = TurnJsonReader.read(json, "none");

        // then
        assertThat(turn.origin().at()).isEmpty();
        assertThat(TurnJson.write(turn)).isEqualTo(json);
    }

    @Test
    void shouldTakeANullTimeForNone() throws InvalidTurnException {
        // when
        RawTurn turn = TurnJsonReader.read("{\"role\":\"user\",\"ts\":null}", "e");

        // then
        assertThat(turn.origin()).isEqualTo(Origin.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls -la", "{\"path\":\"x\"", "", "{\"a\":1} {\"b\":2}", "{\"a\":1,\"a\":2}"})
    void shouldWriteArgumentsThatAreNoJsonAsAString(String arguments) throws InvalidTurnException {
        // given
        var turn = new RawTurn("a", Role.ASSISTANT, List.of(new Part.ToolCall("c", "bash", Content.of(arguments))),
                Origin.UNKNOWN);

        // when
        String call = RawJson.elements(RawJson.fields(TurnJson.write(turn)).get("tool_calls")).getFirst();

        // then
        assertThat(RawJson.string(RawJson.fields(call).get("arguments"))).isEqualTo(arguments);
    }

    @Test
    void shouldWriteATurnOnOneLineThatWasSentOnSeveral() throws InvalidTurnException {
        // given
        String json = """
                      {"id":"e1","role":"assistant","content":"a\\nb","tool_calls":[{"id":"c","name":"read","arguments":{
                        "path": "x\\ny"
                      }}],"meta":{\r
                        "a":  1.0}}""";

        // when
        String line = TurnJson.write(TurnJsonReader.read(json, "none"));

        // then
        assertThat(line.lines()).hasSize(1);
        assertThat(line).contains("\"arguments\":{   \"path\": \"x\\ny\" }", "\"a\":  1.0");
        assertThat(TurnJson.write(TurnJsonReader.read(line, "none"))).isEqualTo(line);
    }

    @Test
    void shouldShowTheNumberInTheThreadWhereATurnBringsItsOwn() throws Exception {
        // given an export of another thread
        RawTurn turn = TurnJsonReader.read("{\"seq\":7,\"id\":\"e1\",\"role\":\"user\",\"content\":\"x\"}", "none");
        StringWriter page = new StringWriter();

        // when
        try (JsonGenerator json = new JsonFactory().createGenerator(page)) {
            TurnJson.write(turn, Map.of("seq", 2L), json);
        }

        // then
        assertThat(RawJson.fields(page.toString())).containsEntry("seq", "2");
        assertThat(RawJson.fields(TurnJson.write(turn))).containsEntry("seq", "7");
    }

    @Property
    void shouldReadWhatItWrites(@ForAll String text, @ForAll @NotEmpty String thinking, @ForAll boolean error)
            throws InvalidTurnException {
        // given
        var answer = new RawTurn("a", Role.ASSISTANT, List.of(new Part.Thinking(Content.of(thinking)),
                new Part.ToolCall("c", "read", Content.of("{\"path\": \"a b\"}"))), Origin.UNKNOWN);
        var result = new RawTurn("r", Role.TOOL, List.of(new Part.ToolResult("c", "read", Content.of(text), error)),
                Origin.UNKNOWN);

        // then
        assertThat(TurnJsonReader.read(TurnJson.write(answer), "-")).isEqualTo(answer);
        assertThat(TurnJsonReader.read(TurnJson.write(result), "-")).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "[{'type':'text','text':'8081'}]|8081",
            "[{'type':'text','text':'a\\nb'},{'type':'text','text':'c'}]|a~b~c", "[]|''"})
    void shouldReadAToolsListOfTextsAsTheResultOfItsCall(String blocks, String text) throws InvalidTurnException {
        // given what OpenAI's tools answer
        String json = "{'role':'tool','tool_call_id':'c1','tool_name':'port','is_error':true,'content':" + blocks + "}";

        // when
        RawTurn turn = TurnJsonReader.read(json.replace('\'', '"'), "e");

        // then
        assertThat(turn.parts())
                .containsExactly(new Part.ToolResult("c1", "port", Content.of(text.replace('~', '\n')), true));
        assertThat(turn.origin().attributes()).isEmpty();
        assertThat(TurnJsonReader.read(TurnJson.write(turn), "-")).isEqualTo(turn);
    }

    @Test
    void shouldKeepWhatStandsBesideTheTextsOfAResult() throws InvalidTurnException {
        // given
        String image = "{'type':'image','media_type':'image/png','data':'AAAA'}";
        String other = "{'type':'tool_result','content':'x','tool_call_id':'c2'}";
        String text = "{'type':'text','text':'seen'}";
        String json = "{'role':'tool','tool_call_id':'c1','content':[" + image + "," + other + "," + text + "]}";

        // when
        RawTurn turn = TurnJsonReader.read(json.replace('\'', '"'), "e");

        // then
        assertThat(turn.parts()).containsExactly(new Part.ToolResult("c1", "", Content.of("seen"), false),
                new Part.Image("image/png", Content.of("AAAA")),
                new Part.ToolResult("c2", "", Content.of("x"), false));
        assertThat(TurnJsonReader.read(TurnJson.write(turn), "-")).isEqualTo(turn);
    }

    @Test
    void shouldTakeTheFallbackIdOnlyWhereNoneIsGiven() throws InvalidTurnException {
        assertThat(TurnJsonReader.read("{\"role\":\"user\"}", "fallback").eventId()).isEqualTo("fallback");
        assertThat(TurnJsonReader.read("{\"role\":\"user\",\"id\":\"own\"}", "fallback").eventId()).isEqualTo("own");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            []                                            | expected an object
                                            {"content":"x"}                               | 'role' is missing
                                            {"role":"robot"}                              | 'role' is 'robot'
                                            {"role":"user","content":7}                   | 'content' must be a string
                                            {"role":"user","ts":"yesterday"}              | 'ts' is "yesterday"
                                            {"role":"user","ts":"2026-02-30T00:00:00Z"}   | 'ts' is "2026-02-30T00:00:00Z"
                                            {"role":"user","ts":"+292278994-08-17T00:00:00Z"} | 'ts' is "+292278994
                                            {"role":"user","ts":""}                       | 'ts' is ""; it must be
                                            {"role":"user","ts":1763691237236}            | a number does not say its unit
                                            {"role":"user","ts":{"seconds":1}}            | 'ts' must be a string
                                            {"role":"tool","is_error":"yes"}              | 'is_error' must be true or false
                                            {"role":"user","i":-1}                        | 'i' is -1
                                            {"role":"user","content":"x"                  | not valid JSON
                                            {"role":"user"} {"role":"user"}               | something follows
                                            {"role":"user","tool_calls":[{"id":"c"}]}     | 'name' is missing
                                            {"role":"user","content":[{"type":"video"}]}  | 'type' is 'video'
                                            """)
    void shouldSayWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> TurnJsonReader.read(json, "e")).isInstanceOf(InvalidTurnException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldCarryUnknownFieldsAlong() throws InvalidTurnException {
        // when
        RawTurn turn = TurnJsonReader.read("{\"role\":\"user\",\"label\":\"Explore\",\"step\":3}", "e");

        // then
        assertThat(turn.origin().attributes()).isEqualTo(Map.of("label", "\"Explore\"", "step", "3"));
    }
}
