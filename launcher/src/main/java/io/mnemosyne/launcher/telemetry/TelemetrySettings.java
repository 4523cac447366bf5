package io.mnemosyne.launcher.telemetry;

import java.net.URI;
import java.time.Duration;

/**
 * Where the service's own telemetry goes.
 *
 * @param endpoint base URL of OTLP over HTTP; {@code /v1/metrics} and {@code /v1/traces} are below it
 * @param interval between two sendings of the numbers
 */
public record TelemetrySettings(URI endpoint, Duration interval) {

    String path(String signal) {
        String base = endpoint.toString();
        return (base.endsWith("/") ? base : base + "/") + "v1/" + signal;
    }
}
