package io.mnemosyne.service;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.core.trace.TraceId;

import static org.assertj.core.api.Assertions.assertThat;

/** Steps that agents tell of themselves, as JSON and by OpenTelemetry. */
class SpanIntakeTest extends ServiceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String ID = "00f067aa0ba902b7";
    private static final String PARENT = "00f067aa0ba902b8";
    private static final String SECRET = "gh" + "p_" + "0aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0kP9lO";
    private static final String PROTOBUF = "application/x-protobuf";

    @Test
    void shouldTakeAFinishedSpanWithAllThatIsKnownOfIt() throws Exception {
        // when
        HttpResponse<String> answer = spans(
                """
                {"id": "%s", "trace": "%s", "parent": "%s", "type": "generation", "name": "chat opus",
                 "start": "2026-03-01T09:00:00Z", "end": "2026-03-01T09:00:02.5Z", "level": "error",
                 "message": "overloaded", "input": [{"role": "user"}], "output": "hi", "model": "opus",
                 "usage": {"input": 10, "output": 2}, "cost": 0.25, "session": "s", "user": "ada", "tags": ["a"],
                 "metadata": {"k": 1}, "attributes": {"x": {"y": 2}},
                 "events": [{"name": "first token", "time": "2026-03-01T09:00:01Z", "attributes": {"n": 1}}]}
                """.formatted(ID, TRACE, PARENT));
        // then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("accepted").asInt()).isEqualTo(1);
        assertThat(threads.spans.getFirst().key()).isEqualTo("default/" + TRACE);
        SpanEvent.Finished finished = (SpanEvent.Finished) threads.spans.getFirst().event();
        assertThat(finished.place())
                .isEqualTo(new Place.InTrace(new TraceId(TRACE), Optional.of(new SpanId(PARENT))));
        Span span = finished.span();
        assertThat(span.type()).isEqualTo(SpanType.GENERATION);
        assertThat(span.endedAt()).isEqualTo(Instant.parse("2026-03-01T09:00:02.5Z"));
        assertThat(span.outcome()).isEqualTo(Outcome.error("overloaded"));
        SpanFacts facts = span.facts();
        assertThat(facts.input()).contains("[{\"role\":\"user\"}]");
        assertThat(facts.usage()).isEqualTo(Map.of("input", 10L, "output", 2L));
        assertThat(facts.cost()).isEqualTo(Map.of("total", 0.25));
        assertThat(facts.metadata()).isEqualTo(Map.of("k", "1"));
        assertThat(facts.attributes()).isEqualTo(Map.of("x", "{\"y\":2}"));
        assertThat(facts.events().getFirst().name()).isEqualTo("first token");
    }

    @Test
    void shouldDoWhatTheDocumentationPromises() throws Exception {
        // when
        String taken = run("span");
        String exported = run("otlp");
        String posted = run("traceparent");
        // then
        assertThat(List.of(taken, exported)).containsExactly("{\"accepted\":1,\"invalid\":[]}", "{}");
        assertThat(posted).contains("\"accepted\":1");
        assertThat(threads.spans).extracting(span -> ((SpanEvent.Finished) span.event()).span().type())
                .containsExactly(SpanType.TOOL, SpanType.GENERATION);
        assertThat(threads.written.getFirst().origin().traceContext()).isPresent();
    }

    private String run(String name) throws Exception {
        Matcher block = Pattern.compile("<!-- executed: " + name + " -->\\n```bash\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "tracing.md")));
        assertThat(block.find()).as("block %s", name).isTrue();
        Process process = new ProcessBuilder("bash", "-c",
                block.group(1).replace("http://127.0.0.1:8080", at("").toString())).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code of %s", name).isZero();
        return output;
    }

    @Test
    void shouldTakeTheTwoHalvesOfASpanUnderATurn() throws Exception {
        // when
        HttpResponse<String> answer = spans(
                """
                [{"id": "%1$s", "thread": "t", "seq": 3, "type": "tool", "name": "grep",
                  "start": "2026-03-01T09:00:00Z"},
                 {"id": "%1$s", "thread": "t", "seq": 3, "end": "2026-03-01T09:00:02Z", "output": "found"}]
                """.formatted(ID));
        // then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(threads.spans.get(0).event()).isInstanceOfSatisfying(SpanEvent.Started.class,
                started -> assertThat(started.place()).isEqualTo(new Place.AtTurn("t", 0, 3, Optional.empty())));
        assertThat(threads.spans.get(1).event()).isInstanceOfSatisfying(SpanEvent.Ended.class,
                ended -> assertThat(ended.facts().output()).contains("found"));
    }

    @Test
    void shouldSayWhatIsWrongWithEachSpanAndTakeTheOthers() throws Exception {
        // when
        HttpResponse<String> answer = spans(
                """
                [{"id": "xyz", "trace": "%2$s", "name": "n", "start": "2026-03-01T09:00:00Z", "colour": "red"},
                 {"id": "%1$s", "trace": "%2$s", "name": "n", "start": "2026-03-01T09:00:00Z"},
                 {"id": "%1$s", "name": "n", "start": "2026-03-01T09:00:02Z", "end": "2026-03-01T09:00:00Z"}]
                """.formatted(ID, TRACE));
        // then
        assertThat(threads.spans).hasSize(1);
        assertThat(json(answer).path("invalid")).hasSize(2);
        assertThat(json(answer).path("invalid").get(0).path("reason").asText()).contains("'id' must be 16",
                "'colour' is no field");
        assertThat(json(answer).path("invalid").get(1).path("index").asInt()).isEqualTo(2);
        assertThat(json(answer).path("invalid").get(1).path("reason").asText()).contains("'trace' must be given",
                "'end' is before 'start'");
    }

    @Test
    void shouldRefuseABatchWithoutAValidSpan() throws Exception {
        // when
        HttpResponse<String> answer = spans("{\"id\": 7}");
        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(answer).path("invalid").get(0).path("reason").asText()).contains("'id' must be a text");
    }

    @Test
    void shouldLetNoSecretThrough() throws Exception {
        // when
        spans("""
              {"id": "%s", "trace": "%s", "name": "%3$s", "start": "2026-03-01T09:00:00Z",
               "end": "2026-03-01T09:00:02Z", "input": {"token": "%3$s"}, "output": "%3$s", "message": "%3$s",
               "metadata": {"k": "%3$s"}, "attributes": {"a": "%3$s"}, "tags": ["%3$s"],
               "events": [{"name": "%3$s", "time": "2026-03-01T09:00:01Z", "attributes": {"n": "%3$s"}}]}
              """.formatted(ID, TRACE, SECRET));
        export(request(span().setName(SECRET).addAttributes(attribute("gen_ai.output.messages", SECRET))
                .addAttributes(attribute("header", SECRET))), PROTOBUF);
        // then
        assertThat(threads.spans).hasSize(2);
        assertThat(threads.spans.toString()).contains("[REDACTED:").doesNotContain(SECRET);
    }

    @Test
    void shouldPutTurnsAndSpansUnderTheStepThatTheHeaderNames() throws Exception {
        // given
        TraceContext cause = TraceContext.parse("00-" + TRACE + "-" + PARENT + "-01").orElseThrow();
        // when
        send(request("/turns").header("traceparent", cause.traceparent()).POST(BodyPublishers.ofString(HELLO)));
        send(HttpRequest.newBuilder(at("/v1/tenants/default/spans")).header("traceparent", cause.traceparent())
                .POST(BodyPublishers.ofString("{\"id\": \"" + ID
                        + "\", \"name\": \"n\", \"start\": \"2026-03-01T09:00:00Z\"}")));
        // then
        assertThat(threads.written.getFirst().origin().traceContext()).contains(cause);
        assertThat(threads.spans.getFirst().event()).isInstanceOfSatisfying(SpanEvent.Started.class,
                started -> assertThat(started.place())
                        .isEqualTo(new Place.InTrace(cause.trace(), Optional.of(cause.span()))));
    }

    @Test
    void shouldUnderstandTheConventionsForModelsInAnExport() throws Exception {
        // given
        var call = span().setName("chat opus").setParentSpanId(bytes(PARENT))
                .addAttributes(attribute("gen_ai.operation.name", "chat"))
                .addAttributes(attribute("gen_ai.request.model", "opus"))
                .addAttributes(attribute("gen_ai.response.model", "opus-1"))
                .addAttributes(attribute("gen_ai.usage.input_tokens", 100))
                .addAttributes(attribute("gen_ai.usage.cache_read.input_tokens", 60))
                .addAttributes(attribute("gen_ai.usage.cache_creation.input_tokens", 30))
                .addAttributes(attribute("gen_ai.usage.output_tokens", 9))
                .addAttributes(attribute("gen_ai.system_instructions", "[{\"type\":\"text\"}]"))
                .addAttributes(attribute("gen_ai.input.messages", "[{\"role\":\"user\"}]"))
                .addAttributes(attribute("gen_ai.output.messages", "[{\"role\":\"assistant\"}]"))
                .addAttributes(attribute("gen_ai.conversation.id", "c1"))
                .setStatus(io.opentelemetry.proto.trace.v1.Status.newBuilder().setCodeValue(2).setMessage("cut off"))
                .addLinks(io.opentelemetry.proto.trace.v1.Span.Link.newBuilder().setTraceId(bytes(TRACE))
                        .setSpanId(bytes(PARENT)));
        // when
        HttpResponse<byte[]> answer = export(request(call), PROTOBUF);
        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(PROTOBUF);
        assertThat(ExportTraceServiceResponse.parseFrom(answer.body()).hasPartialSuccess()).isFalse();
        SpanEvent.Finished finished = (SpanEvent.Finished) threads.spans.getFirst().event();
        assertThat(finished.place())
                .isEqualTo(new Place.InTrace(new TraceId(TRACE), Optional.of(new SpanId(PARENT))));
        assertThat(finished.span().type()).isEqualTo(SpanType.GENERATION);
        assertThat(finished.span().startedAt()).isEqualTo(Instant.parse("2026-03-01T09:00:00.000001Z"));
        assertThat(finished.span().outcome()).isEqualTo(Outcome.error("cut off"));
        SpanFacts facts = finished.span().facts();
        assertThat(facts.model()).contains("opus-1");
        assertThat(facts.usage()).isEqualTo(Map.of("input", 10L, "input_cached_tokens", 60L, "input_cache_creation",
                30L, "output", 9L));
        assertThat(facts.input())
                .contains("[{\"role\":\"system\",\"parts\":[{\"type\":\"text\"}]},{\"role\":\"user\"}]");
        assertThat(facts.output()).contains("[{\"role\":\"assistant\"}]");
        assertThat(facts.session()).contains("c1");
        assertThat(facts.attributes()).containsEntry("gen_ai.request.model", "\"opus\"")
                .containsEntry("resource.service.name", "\"agent\"").containsEntry("scope.name", "\"sdk\"")
                .containsEntry("otlp.links", "[{\"traceId\":\"" + TRACE + "\",\"spanId\":\"" + PARENT + "\"}]");
    }

    @Test
    void shouldRefuseTheBadSpansOfAnExportOnly() throws Exception {
        // when
        HttpResponse<byte[]> answer = export(request(span(), span().setSpanId(bytes("0000000000000000")),
                span().setEndTimeUnixNano(5)), PROTOBUF);
        // then
        var partial = ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(partial.getRejectedSpans()).isEqualTo(2);
        assertThat(partial.getErrorMessage()).contains("span 1 (counted from 0) has no span id", "span 2",
                "ends before");
        assertThat(threads.spans).hasSize(1);
    }

    @Test
    void shouldTakeAnExportAsJsonAndUnpackGzip() throws Exception {
        // given
        byte[] body = """
                      {"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "a"}}]},
                        "scopeSpans": [{"scope": {"name": "sdk"}, "spans": [{"traceId": "%s", "spanId": "%s", "name": "n",
                          "kind": 3, "startTimeUnixNano": "1772355600000001000", "endTimeUnixNano": 1772355601000000000,
                          "attributes": [{"key": "langfuse.observation.type", "value": {"stringValue": "retriever"}},
                            {"key": "n", "value": {"intValue": "7"}},
                            {"key": "list", "value": {"arrayValue": {"values": [{"doubleValue": 0.5}]}}}],
                          "futureField": 1}]}]}]}
                      """
                .formatted(TRACE, ID).getBytes(StandardCharsets.UTF_8);
        // when
        HttpResponse<byte[]> answer = exportTo("/v1/tenants/other/otlp/v1/traces", gzip(body), "application/json",
                "gzip");
        // then
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{}");
        assertThat(threads.spans.getFirst().tenant()).isEqualTo("other");
        Span span = ((SpanEvent.Finished) threads.spans.getFirst().event()).span();
        assertThat(span.type()).isEqualTo(SpanType.RETRIEVER);
        assertThat(span.startedAt()).isEqualTo(Instant.parse("2026-03-01T09:00:00.000001Z"));
        assertThat(span.facts().attributes()).containsEntry("n", "7").containsEntry("list", "[0.5]")
                .containsEntry("otlp.kind", "\"SPAN_KIND_CLIENT\"").doesNotContainKey("langfuse.observation.type");
    }

    @Test
    void shouldAnswerABodyThatIsNoExportWithAStatusMessage() throws Exception {
        // when
        HttpResponse<byte[]> noProtobuf = export("no".getBytes(StandardCharsets.UTF_8), PROTOBUF);
        HttpResponse<byte[]> noJson = export("{".getBytes(StandardCharsets.UTF_8), "application/json");
        HttpResponse<byte[]> noGzip = exportTo("/v1/otlp/v1/traces", new byte[]{1}, PROTOBUF, "gzip");
        HttpResponse<byte[]> neither = export(new byte[0], "text/plain");
        // then
        assertThat(List.of(noProtobuf.statusCode(), noJson.statusCode(), noGzip.statusCode(), neither.statusCode()))
                .containsExactly(400, 400, 400, 415);
        CodedInputStream status = CodedInputStream.newInstance(noProtobuf.body());
        assertThat(status.readTag()).isEqualTo(8);
        assertThat(status.readInt32()).isEqualTo(3);
        assertThat(status.readTag()).isEqualTo(18);
        assertThat(status.readString()).contains("no ExportTraceServiceRequest");
        assertThat(new String(noJson.body(), StandardCharsets.UTF_8)).contains("\"code\":3", "line 1");
    }

    @Test
    void shouldAskForAnotherAttemptWhenKafkaIsAwayAndForNoneWhenASpanIsTooLarge() throws Exception {
        // given
        threads.failSpans(CompletableFuture.failedFuture(new TimeoutException("away")));
        HttpResponse<byte[]> away = export(request(span()), PROTOBUF);
        threads.failSpans(CompletableFuture.failedFuture(new RecordTooLargeException("17 MiB")));
        HttpResponse<byte[]> tooLarge = export(request(span()), PROTOBUF);
        // then
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).contains("2");
        assertThat(tooLarge.statusCode()).isEqualTo(200);
        assertThat(ExportTraceServiceResponse.parseFrom(tooLarge.body()).getPartialSuccess().getRejectedSpans())
                .isEqualTo(1);
    }

    private HttpResponse<String> spans(String json) throws Exception {
        return send(HttpRequest.newBuilder(at("/v1/tenants/default/spans")).POST(BodyPublishers.ofString(json)));
    }

    private HttpResponse<byte[]> export(byte[] body, String contentType) throws Exception {
        return exportTo("/v1/otlp/v1/traces", body, contentType, "identity");
    }

    private HttpResponse<byte[]> exportTo(String path, byte[] body, String contentType, String encoding)
            throws Exception {
        return http.send(HttpRequest.newBuilder(at(path)).header("Content-Type", contentType)
                .header("Content-Encoding", encoding).POST(BodyPublishers.ofByteArray(body)).build(),
                BodyHandlers.ofByteArray());
    }

    private static byte[] request(io.opentelemetry.proto.trace.v1.Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        scope.getScopeBuilder().setName("sdk");
        for (var span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder().addResourceSpans(ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(attribute("service.name", "agent")))
                .addScopeSpans(scope)).build().toByteArray();
    }

    private static io.opentelemetry.proto.trace.v1.Span.Builder span() {
        return io.opentelemetry.proto.trace.v1.Span.newBuilder().setTraceId(bytes(TRACE)).setSpanId(bytes(ID))
                .setName("step").setStartTimeUnixNano(1_772_355_600_000_001_500L)
                .setEndTimeUnixNano(1_772_355_601_000_000_000L);
    }

    private static KeyValue attribute(String name, String value) {
        return KeyValue.newBuilder().setKey(name).setValue(AnyValue.newBuilder().setStringValue(value)).build();
    }

    private static KeyValue attribute(String name, long value) {
        return KeyValue.newBuilder().setKey(name).setValue(AnyValue.newBuilder().setIntValue(value)).build();
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    private static byte[] gzip(byte[] body) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return packed.toByteArray();
    }
}
