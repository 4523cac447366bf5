package io.mnemosyne.scripted.langfuse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LangfuseStandInTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGIN = "Basic " + Base64.getEncoder().encodeToString(
            (LangfuseStandIn.PUBLIC_KEY + ":" + LangfuseStandIn.SECRET_KEY).getBytes(StandardCharsets.UTF_8));
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final byte[] CONTENT = "a large field".getBytes(StandardCharsets.UTF_8);

    private final LangfuseStandIn langfuse = LangfuseStandIn.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        langfuse.close();
    }

    @Test
    void shouldStoreASpanOnceAndCountWhatComesAgain() throws Exception {
        // when
        assertThat(send(span("b7ad6b7169203331", "").build())).isEqualTo(200);
        assertThat(send(span("b7ad6b7169203331", "").build())).isEqualTo(200);
        assertThat(send(span("b7ad6b7169203331", "").setName("other").build())).isEqualTo(200);
        // then
        assertThat(langfuse.spans()).singleElement().satisfies(span -> {
            assertThat(span.copies()).isEqualTo(2);
            assertThat(span.others()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0000000000000000", "b7ad6b71692033", "b7ad6b716920333100"})
    void shouldRefuseTheWholeRequestForOneIllFormedId(String id) throws Exception {
        assertThat(send(span("b7ad6b7169203331", "").build(), span(id, "").build())).isEqualTo(400);
        assertThat(langfuse.spans()).isEmpty();
        if (!id.isEmpty()) {
            assertThat(send(span("b7ad6b7169203331", id).build())).isEqualTo(400);
        }
    }

    @Test
    void shouldNoteWhatLangfuseWouldSpoil() throws Exception {
        Span agent = span("b7ad6b7169203331", "").clearAttributes().addAttributes(text("langfuse.environment", "e"))
                .addAttributes(text("langfuse.observation.type", "agent"))
                .addAttributes(KeyValue.newBuilder().setKey("gen_ai.usage.input_tokens")
                        .setValue(AnyValue.newBuilder().setIntValue(1L << 54)))
                .build();
        assertThat(send(agent)).isEqualTo(200);
        assertThat(langfuse.complaints()).anyMatch(complaint -> complaint.endsWith("on what is no generation"))
                .anyMatch(complaint -> complaint.endsWith("loses digits"));
    }

    @Test
    void shouldRefuseWhoDoesNotLogInAndWhatIsTooLargeOrTooMuch() throws Exception {
        HttpRequest anonymous = traces(body(span("b7ad6b7169203331", "").build())).build();
        assertThat(client.send(HttpRequest.newBuilder(anonymous, (name, _) -> !name.equals("authorization")).build(),
                BodyHandlers.discarding()).statusCode()).isEqualTo(401);
        langfuse.largest(10);
        assertThat(send(span("b7ad6b7169203331", "").build())).isEqualTo(413);
        langfuse.quota(0, Duration.ofMinutes(1));
        HttpResponse<Void> limited = client.send(traces(body()).build(), BodyHandlers.discarding());
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValueAsLong("retry-after").orElseThrow()).isBetween(1L, 61L);
    }

    @Test
    void shouldStoreMediaThatAreWhatTheyWereSaidToBe() throws Exception {
        // when
        JsonNode created = JSON.readTree(create(CONTENT).body());
        URI url = URI.create(created.path("uploadUrl").asText());
        // then other content, another type and another sum are refused
        assertThat(put(url, "another field".getBytes(StandardCharsets.UTF_8), "text/plain", hash(CONTENT)))
                .isEqualTo(400);
        assertThat(put(url, CONTENT, "image/png", hash(CONTENT))).isEqualTo(400);
        assertThat(put(url, CONTENT, "text/plain", hash(new byte[0]))).isEqualTo(400);
        assertThat(put(url, CONTENT, "text/plain", hash(CONTENT))).isEqualTo(200);
        // and it is there when it was reported
        String id = created.path("mediaId").asText();
        assertThat(langfuse.media(id)).isEmpty();
        assertThat(json("PATCH", "/api/public/media/" + id,
                "{\"uploadedAt\":\"2026-11-26T10:00:00Z\",\"uploadHttpStatus\":200}").statusCode()).isEqualTo(200);
        assertThat(langfuse.media(id)).contains(CONTENT);
        // and is not wanted again
        assertThat(JSON.readTree(create(CONTENT).body()).path("uploadUrl").isNull()).isTrue();
    }

    @Test
    void shouldRefuseUploadsToAnAddressThatExpired() throws Exception {
        langfuse.expireUploadsAfter(Duration.ofSeconds(-1));
        URI url = URI.create(JSON.readTree(create(CONTENT).body()).path("uploadUrl").asText());
        assertThat(put(url, CONTENT, "text/plain", hash(CONTENT))).isEqualTo(403);
    }

    @Test
    void shouldFailAsItIsTold() throws Exception {
        Span span = span("b7ad6b7169203331", "").build();
        langfuse.failNext(Failure.status(503), new Failure.Cut(true));
        assertThat(send(span)).isEqualTo(503);
        assertThat(langfuse.spans()).isEmpty();
        assertThatThrownBy(() -> send(span)).isInstanceOf(IOException.class);
        assertThat(langfuse.spans()).hasSize(1);
        assertThat(send(span)).isEqualTo(200);
    }

    private HttpResponse<String> create(byte[] content) throws Exception {
        return json("POST", "/api/public/media", JSON.createObjectNode().put("traceId", TRACE)
                .put("contentType", "text/plain").put("contentLength", content.length)
                .put("sha256Hash", hash(content)).put("field", "input").toString());
    }

    private HttpResponse<String> json(String method, String path, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(langfuse.url().resolve(path)).header("authorization", LOGIN)
                .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private int put(URI url, byte[] content, String type, String checksum) throws Exception {
        return client.send(HttpRequest.newBuilder(url).header("content-type", type)
                .header("x-amz-checksum-sha256", checksum).PUT(BodyPublishers.ofByteArray(content)).build(),
                BodyHandlers.discarding()).statusCode();
    }

    private int send(Span... spans) throws Exception {
        return client.send(traces(body(spans)).build(), BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest.Builder traces(byte[] body) {
        return HttpRequest.newBuilder(langfuse.url().resolve(LangfuseStandIn.TRACES)).header("authorization", LOGIN)
                .header("content-type", "application/x-protobuf").header("content-encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static byte[] body(Span... spans) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            ExportTraceServiceRequest.newBuilder().addResourceSpans(ResourceSpans.newBuilder()
                    .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans)))).build().writeTo(gzip);
        }
        return bytes.toByteArray();
    }

    private static Span.Builder span(String id, String parent) {
        return Span.newBuilder().setTraceId(bytes(TRACE)).setSpanId(bytes(id)).setParentSpanId(bytes(parent))
                .setName("step").setStartTimeUnixNano(1).setEndTimeUnixNano(2)
                .addAttributes(text("langfuse.observation.type", "tool"))
                .addAttributes(text("langfuse.environment", "default"));
    }

    private static KeyValue text(String name, String value) {
        return KeyValue.newBuilder().setKey(name).setValue(AnyValue.newBuilder().setStringValue(value)).build();
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    private static String hash(byte[] content) throws Exception {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
