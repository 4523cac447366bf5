package io.mnemosyne.scripted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.mnemosyne.scripted.Behaviour.Fault;
import io.mnemosyne.scripted.Behaviour.Trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScriptedModelsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScriptedModels models = ScriptedModels
            .start(Script.always(Behaviour.answer("All is well, I think.")));
    private final Client client = new Client(models);

    @AfterEach
    void close() {
        models.close();
    }

    @Test
    void shouldAnswerInAnthropicsFormat() throws Exception {
        // when
        JsonNode answer = JSON.readTree(client.ask(Wire.ANTHROPIC, false).body());
        // then
        assertThat(answer.at("/content/0/text").asText()).isEqualTo("All is well, I think.");
        assertThat(answer.path("stop_reason").asText()).isEqualTo("end_turn");
        assertThat(answer.at("/usage/input_tokens").asInt()).isEqualTo(3 + 4 + 2);
        assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(6);
    }

    @Test
    void shouldStreamInAnthropicsFormat() throws Exception {
        // when
        List<String> lines = client.ask(Wire.ANTHROPIC, true).body().lines().toList();
        // then
        assertThat(lines.stream().filter(line -> line.startsWith("event: "))).containsExactly("event: message_start",
                "event: ping", "event: content_block_start", "event: content_block_delta", "event: content_block_stop",
                "event: message_delta", "event: message_stop");
    }

    @Test
    void shouldStreamInOpenAisFormatWithUsageOnlyWhenAskedFor() throws Exception {
        // given
        String withUsage = Client.OPENAI.formatted(true).replace("\"stream\"",
                "\"stream_options\": {\"include_usage\": true}, \"stream\"");
        // when
        List<String> plain = data(client.ask(Wire.OPENAI, true));
        List<String> counted = data(client.post(Wire.OPENAI, withUsage));
        // then
        assertThat(plain).last().isEqualTo("[DONE]");
        assertThat(counted).hasSize(plain.size() + 1);
        JsonNode usage = JSON.readTree(counted.get(counted.size() - 2));
        assertThat(usage.path("choices").isEmpty()).isTrue();
        assertThat(usage.at("/usage/completion_tokens").asInt()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ANTHROPIC | \"max_tokens\": 100, |                       | max_tokens: Field required",
            "ANTHROPIC | \"temperature\": 0.2 | \"temperature\": 1.5  | temperature: Input should be a number",
            "ANTHROPIC | \"stream\": false    | \"stream_options\": {} | stream_options: Extra inputs are not permitted",
            "ANTHROPIC | \"content\": \"Hello\" | \"content\": \"\"   | messages.0.content: Input should be non-empty",
            "ANTHROPIC | \"role\": \"user\"   | \"role\": \"assistant\" | roles must alternate",
            "OPENAI    | \"model\": \"gpt-5-mini\", |                 | Missing required parameter: 'model'.",
            "OPENAI    | \"stream\": false    | \"max_new_tokens\": 3 | Unknown parameter: 'max_new_tokens'.",
            "OPENAI    | \"stream\": false    | \"stream_options\": {} | only allowed when 'stream' is enabled",
            "OPENAI    | \"content\": \"Hello\" | \"content\": \"\"   | 'messages[1].content': expected non-empty",
            "OPENAI    | \"role\": \"user\"   | \"role\": \"assistant\" | roles must alternate",
            "OPENAI    | \"stream\": false    | \"stream\": fal       | not valid JSON"})
    void shouldRefuseWhatTheVendorWouldRefuse(Wire wire, String part, String instead, String message)
            throws Exception {
        // given
        String body = (wire == Wire.ANTHROPIC ? Client.ANTHROPIC : Client.OPENAI).formatted(false);
        // when
        HttpResponse<String> answer = client.post(wire,
                body.replace(part, Optional.ofNullable(instead).orElse("")));
        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/error/message").asText()).contains(message);
        assertThat(JSON.readTree(answer.body()).at("/error/type").asText()).isEqualTo("invalid_request_error");
    }

    @Test
    void shouldKnowNoTemperatureInAnthropicsNewerVersion() throws Exception {
        // when
        HttpResponse<String> answer = client.send(client
                .request(Wire.ANTHROPIC, Client.ANTHROPIC.formatted(false))
                .setHeader("anthropic-version", "2026-10-21"));
        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("temperature: Extra inputs are not permitted");
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldRefuseSchemasThatTheVendorWouldRefuse(Wire wire) throws Exception {
        // given
        String loose = "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}, \"required\": [\"a\"]}";
        String strict = loose.replace("\"required\"", "\"additionalProperties\": false, \"required\"");
        // when
        HttpResponse<String> refused = client.post(wire, withSchema(wire, loose));
        HttpResponse<String> taken = client.post(wire, withSchema(wire, strict));
        // then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("additionalProperties");
        assertThat(taken.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldRefuseRequestsWithoutAKeyOrToAnotherPlace(Wire wire) throws Exception {
        // when
        HttpResponse<String> keyless = client.send(client.request(wire, "{}").setHeader("x-api-key", "")
                .setHeader("authorization", ""));
        HttpResponse<String> elsewhere = client
                .send(client.request(wire, "{}").uri(models.url(wire).resolve("/v1/complete")));
        // then
        assertThat(keyless.statusCode()).isEqualTo(401);
        assertThat(elsewhere.statusCode()).isEqualTo(404);
        assertThat(models.calls()).extracting(Call::status).containsExactly(401, 404);
    }

    @ParameterizedTest
    @CsvSource({"ANTHROPIC,RATE_LIMITED,429,rate_limit_error", "ANTHROPIC,OVERLOADED,529,overloaded_error",
            "ANTHROPIC,TOO_LARGE,413,request_too_large", "ANTHROPIC,SERVER_ERROR,500,api_error",
            "OPENAI,RATE_LIMITED,429,requests", "OPENAI,OUT_OF_CREDIT,429,insufficient_quota",
            "OPENAI,OVERLOADED,503,server_error", "OPENAI,TOO_LARGE,413,invalid_request_error"})
    void shouldFailAsTheVendorDoes(Wire wire, Trouble trouble, int status, String type) throws Exception {
        // given
        models.goOnWith(Script.always(Behaviour.fail(trouble, Map.of("Retry-After", "7"))));
        // when
        HttpResponse<String> answer = client.ask(wire, true);
        // then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("7");
        assertThat(JSON.readTree(answer.body()).at("/error/type").asText()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"ANTHROPIC,true", "ANTHROPIC,false", "OPENAI,true", "OPENAI,false"})
    void shouldBreakTheConnectionInTheMiddle(Wire wire, boolean stream) {
        // given
        models.goOnWith(Script.always(Behaviour.answer("Never to be read in full. ".repeat(20)).with(Fault.BROKEN)));
        // when // then
        assertThatThrownBy(() -> client.ask(wire, stream)).isInstanceOf(IOException.class);
        assertThat(models.calls()).extracting(Call::ending).containsExactly(Call.Ending.BROKEN_OFF);
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldCutAnswersAtTheClientsLimit(Wire wire) throws Exception {
        // given
        models.goOnWith(Script.always(Behaviour.looping("Again. ")));
        // when
        String answer = client.ask(wire, false).body();
        // then
        assertThat(answer).contains(wire == Wire.ANTHROPIC
                ? "\"stop_reason\":\"max_tokens\""
                : "\"finish_reason\":\"length\"");
        assertThat(answer).contains(wire == Wire.ANTHROPIC
                ? "\"output_tokens\":100"
                : "\"completion_tokens\":100");
    }

    @Test
    void shouldCountCachedTokensWhenALongSystemPromptComesAgain() throws Exception {
        // given
        String body = Client.ANTHROPIC.formatted(false).replace("Be brief.", "Be brief. ".repeat(500));
        // when
        JsonNode first = JSON.readTree(client.post(Wire.ANTHROPIC, body).body()).path("usage");
        JsonNode second = JSON.readTree(client.post(Wire.ANTHROPIC, body).body()).path("usage");
        // then
        assertThat(first.path("cache_creation_input_tokens").asInt()).isEqualTo(1250);
        assertThat(second.path("cache_read_input_tokens").asInt()).isEqualTo(1250);
        assertThat(second.path("input_tokens").asInt()).isEqualTo(6);
    }

    @Test
    void shouldAnswer429WithAWaitWhenTheRateIsPassed() throws Exception {
        // given
        try (var limited = ScriptedModels.start(0, Script.always(Behaviour.answer("ok")),
                Optional.of(new RateLimit(0.01, 2)))) {
            var guest = new Client(limited);
            // when
            List<HttpResponse<String>> answers = List.of(guest.ask(Wire.OPENAI, false), guest.ask(Wire.OPENAI, false),
                    guest.ask(Wire.OPENAI, false));
            // then
            assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(200, 200, 429);
            assertThat(Integer.parseInt(answers.getLast().headers().firstValue("retry-after").orElse("")))
                    .isBetween(90, 100);
        }
    }

    @Test
    void shouldFillTheBucketAsTimePasses() {
        // given
        var clock = new AtomicLong();
        var bucket = new TokenBucket(new RateLimit(2, 1), clock::get);
        // when
        Duration first = bucket.take();
        Duration second = bucket.take();
        clock.addAndGet(second.toNanos());
        // then
        assertThat(first).isZero();
        assertThat(second).isEqualTo(Duration.ofMillis(500));
        assertThat(bucket.take()).isZero();
    }

    @Test
    void shouldRecordTheCallsInTheirOrder() throws Exception {
        // given
        Instant before = Instant.now();
        models.goOnWith(Script.inTurn(Behaviour.answer("one"), Behaviour.badGateway()));
        // when
        client.ask(Wire.ANTHROPIC, true);
        client.ask(Wire.OPENAI, true);
        client.ask(Wire.OPENAI, true);
        // then
        assertThat(models.calls()).extracting(Call::wire).containsExactly(Wire.ANTHROPIC, Wire.OPENAI, Wire.OPENAI);
        assertThat(models.calls()).extracting(Call::model).containsExactly("claude-haiku-4-5", "gpt-5-mini",
                "gpt-5-mini");
        assertThat(models.calls()).extracting(Call::done).containsExactly("Say COMPLETE", "Page 502", "Page 502");
        assertThat(models.calls()).extracting(Call::ending).containsOnly(Call.Ending.SENT);
        assertThat(models.calls().get(1).bodyHash()).isEqualTo(models.calls().get(2).bodyHash())
                .isNotEqualTo(models.calls().get(0).bodyHash());
        assertThat(models.calls().getFirst().at()).isAfterOrEqualTo(before);
    }

    @Test
    void shouldNameItsScriptsWhenOneIsUnknown() throws Exception {
        // given
        var errors = new ByteArrayOutputStream();
        // when
        int code = ScriptedModelsMain.run(System.out, new PrintStream(errors), "--script", "nonsense");
        // then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains("'nonsense'").contains("error-event").contains("--help");
    }

    private static List<String> data(HttpResponse<String> answer) {
        return answer.body().lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring(6)).toList();
    }

    private static String withSchema(Wire wire, String schema) {
        String parameter = wire == Wire.ANTHROPIC
                ? "\"output_config\": {\"format\": {\"type\": \"json_schema\", \"schema\": " + schema + "}}"
                : "\"response_format\": {\"type\": \"json_schema\", \"json_schema\": {\"name\": \"a\", \"strict\": true,"
                        + " \"schema\": " + schema + "}}";
        return (wire == Wire.ANTHROPIC ? Client.ANTHROPIC : Client.OPENAI).formatted(false).replace("\"stream\"",
                parameter + ", \"stream\"");
    }
}
