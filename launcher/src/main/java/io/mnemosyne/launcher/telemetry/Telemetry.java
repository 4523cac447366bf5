package io.mnemosyne.launcher.telemetry;

import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the numbers of this process and the spans of its requests over OTLP, with OpenTelemetry's SDK. Whoever makes spans
 * asks OpenTelemetry's global instance, which does nothing where this was not started. What cannot be sent is dropped: the
 * pipeline never waits for it.
 */
public final class Telemetry implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Telemetry.class);
    private static final long CLOSE_SECONDS = 2;
    /** Held, or what is set here would be forgotten. */
    private static final java.util.logging.Logger OF_SDK = java.util.logging.Logger.getLogger("io.opentelemetry");

    private final OpenTelemetrySdk sdk;

    private Telemetry(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    /**
     * Starts to send. At most one at a time in a process.
     *
     * @param registry of the numbers
     * @throws IllegalStateException if it was started already
     */
    public static Telemetry start(TelemetrySettings settings, PrometheusRegistry registry) {
        Resource resource = Resource.getDefault().merge(Resource.create(
                Attributes.of(AttributeKey.stringKey("service.name"), "mnemosyne",
                        AttributeKey.stringKey("service.instance.id"), Long.toString(ProcessHandle.current().pid()))));
        var numbers = SdkMeterProvider.builder().setResource(resource)
                .registerMetricProducer(new ScrapedMetrics(registry, System.currentTimeMillis()))
                .registerMetricReader(PeriodicMetricReader
                        .builder(OtlpHttpMetricExporter.builder().setEndpoint(settings.path("metrics"))
                                .setCompression("gzip").build())
                        .setInterval(settings.interval()).build())
                .build();
        var spans = SdkTracerProvider.builder().setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                        .setEndpoint(settings.path("traces")).setCompression("gzip").build()).build())
                .build();
        Telemetry telemetry = new Telemetry(OpenTelemetrySdk.builder().setMeterProvider(numbers)
                .setTracerProvider(spans).build());
        GlobalOpenTelemetry.set(telemetry.sdk);
        logLikeEverythingElse();
        LOGGER.atInfo().addKeyValue("endpoint", settings.endpoint()).addKeyValue("interval", settings.interval())
                .log("telemetry is sent");
        return telemetry;
    }

    /** The SDK logs to the JDK's logger: a stack of exceptions each time that nobody listens. */
    private static void logLikeEverythingElse() {
        OF_SDK.setUseParentHandlers(false);
        if (OF_SDK.getHandlers().length == 0) {
            OF_SDK.addHandler(new SdkLog());
        }
    }

    private static final class SdkLog extends Handler {
        @Override
        public void publish(LogRecord line) {
            LOGGER.atWarn().addKeyValue("error",
                    line.getThrown() == null ? line.getMessage() : line.getThrown().getClass().getName())
                    .log("telemetry could not be sent");
        }

        @Override
        public void flush() {
            // every line is written at once
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** Sends what is there, if that can be done in two seconds. */
    @Override
    public void close() {
        sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
