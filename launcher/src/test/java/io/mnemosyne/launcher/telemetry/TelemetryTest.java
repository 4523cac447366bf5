package io.mnemosyne.launcher.telemetry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TelemetryTest {
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Metric> numbers = new CopyOnWriteArrayList<>();
    private final List<String> spans = new CopyOnWriteArrayList<>();
    private HttpServer backend;

    @BeforeEach
    void listen() throws IOException {
        GlobalOpenTelemetry.resetForTest();
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/otlp/v1/metrics", exchange -> {
            ExportMetricsServiceRequest.parseFrom(body(exchange)).getResourceMetricsList().forEach(resource -> resource
                    .getScopeMetricsList().forEach(scope -> numbers.addAll(scope.getMetricsList())));
            answer(exchange);
        });
        backend.createContext("/otlp/v1/traces", exchange -> {
            ExportTraceServiceRequest.parseFrom(body(exchange)).getResourceSpansList().forEach(resource -> resource
                    .getScopeSpansList().forEach(scope -> scope.getSpansList()
                            .forEach(span -> spans.add(span.getName()))));
            answer(exchange);
        });
        backend.start();
    }

    @AfterEach
    void stop() {
        backend.stop(0);
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void shouldSendTheNumbersThatAreServedAndTheSpansThatAreMade() {
        // given
        Counter.builder("mnemosyne.redacted").tag("rule", "github").register(metrics).increment(3);
        Gauge.builder("mnemosyne.index.lag", () -> 7).register(metrics);
        Gauge.builder("mnemosyne.unknown", () -> Double.NaN).register(metrics);
        Timer.builder("mnemosyne.http.requests").register(metrics).record(Duration.ofMillis(250));
        Counter.builder("some.library").register(metrics).increment();
        URI endpoint = URI.create("http://127.0.0.1:" + backend.getAddress().getPort() + "/otlp");
        // when
        try (Telemetry _ = Telemetry.start(new TelemetrySettings(endpoint, Duration.ofMillis(100)),
                metrics.getPrometheusRegistry())) {
            GlobalOpenTelemetry.getTracer("test").spanBuilder("GET /context").startSpan().end();
            await().until(() -> !numbers.isEmpty());
        }
        // then
        assertThat(spans).containsExactly("GET /context");
        Metric redacted = number("mnemosyne_redacted_total");
        assertThat(redacted.getSum().getIsMonotonic()).isTrue();
        assertThat(redacted.getSum().getDataPoints(0).getAsDouble()).isEqualTo(3);
        assertThat(redacted.getSum().getDataPoints(0).getAttributes(0).getValue().getStringValue()).isEqualTo("github");
        assertThat(number("mnemosyne_index_lag").getGauge().getDataPoints(0).getAsDouble()).isEqualTo(7);
        assertThat(number("mnemosyne_http_requests_seconds_count").getSum().getDataPoints(0).getAsDouble()).isOne();
        assertThat(number("mnemosyne_http_requests_seconds_sum").getSum().getDataPoints(0).getAsDouble())
                .isEqualTo(0.25);
        assertThat(numbers).extracting(Metric::getName).doesNotContain("some_library_total");
    }

    @Test
    void shouldNotHoldUpAnybodyWhileNobodyListens() {
        // given
        backend.stop(0);
        URI endpoint = URI.create("http://127.0.0.1:" + backend.getAddress().getPort());
        // when
        Telemetry telemetry = Telemetry.start(new TelemetrySettings(endpoint, Duration.ofMillis(50)),
                metrics.getPrometheusRegistry());
        GlobalOpenTelemetry.getTracer("test").spanBuilder("lost").startSpan().end();
        telemetry.close();
        // then
        assertThat(spans).isEmpty();
    }

    private Metric number(String name) {
        return numbers.stream().filter(metric -> metric.getName().equals(name)).findFirst().orElseThrow();
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        return new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
