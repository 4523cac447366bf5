package io.mnemosyne.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;

import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.service.watch.CompactHub;

import static org.assertj.core.api.Assertions.assertThat;

/** A service over threads in memory, and a client of it. */
abstract class ServiceTest {
    static final String HELLO = "{\"id\":\"e1\",\"role\":\"user\",\"content\":\"hello → wörld\"}";
    static final String ANSWER = "{\"id\":\"e2\",\"role\":\"assistant\",\"content\":\"hi\"}";

    final FakeThreads threads = new FakeThreads();
    final FakeMemory memory = new FakeMemory();
    final HttpClient http = HttpClient.newHttpClient();
    final CompactHub hub = new CompactHub();
    volatile boolean ready = true;
    final ContextService service = ContextService.start(
            ServiceSettings.standard().withPort(0).withStopLimit(Duration.ofMinutes(1)), threads, threads,
            new TenantRedactors("key".getBytes(StandardCharsets.UTF_8)), memory.memory(), hub,
            () -> List.of(new Health.Component("ingest", true, ready, "RUNNING")),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

    @AfterEach
    final void stop() {
        // The client first, or the server waits a while for its open connection.
        http.close();
        service.close();
    }

    final HttpResponse<String> post(String contentType, String body) throws Exception {
        return send(request("/turns").header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    /** Posts JSON to a path of the thread. */
    final HttpResponse<String> tell(String path, String json) throws Exception {
        return send(request(path).POST(BodyPublishers.ofString(json)));
    }

    final HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    /** What the Link header of an answer leads to. */
    final HttpResponse<String> follow(HttpResponse<String> answer) throws Exception {
        String link = answer.headers().firstValue("Link").orElseThrow();
        assertThat(link).startsWith("<").endsWith(">; rel=\"next\"");
        return send(HttpRequest.newBuilder(answer.uri().resolve(link.substring(1, link.indexOf('>')))));
    }

    final HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at("/v1/tenants/default/threads/t" + path));
    }

    final URI at(String path) {
        return URI.create("http://127.0.0.1:" + service.port() + path);
    }

    final HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }
}
