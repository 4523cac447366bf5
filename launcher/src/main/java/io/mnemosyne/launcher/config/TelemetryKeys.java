package io.mnemosyne.launcher.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.launcher.config.Key.Kind;
import io.mnemosyne.launcher.telemetry.TelemetrySettings;

/** The settings of the service's own telemetry. */
final class TelemetryKeys {
    private static final Key ENDPOINT = new Key("telemetry.otlp.endpoint", Kind.URL, "",
            "Where the pipeline sends its own numbers and the spans of its requests: base URL of OTLP over HTTP, for example `http://127.0.0.1:4318`. Without it nothing is sent; `/metrics` has the numbers anyway.");
    private static final Key INTERVAL = new Key("telemetry.otlp.interval-seconds", Kind.COUNT, "60",
            "How often the numbers are sent, seconds.");

    static final List<Key> ALL = List.of(ENDPOINT, INTERVAL);

    private TelemetryKeys() {
    }

    /** Empty for none. */
    static Optional<TelemetrySettings> read(Values values) {
        Duration interval = Duration.ofSeconds(values.count(INTERVAL));
        return values.urls(ENDPOINT).stream().findFirst()
                .map(endpoint -> new TelemetrySettings(endpoint, interval));
    }
}
