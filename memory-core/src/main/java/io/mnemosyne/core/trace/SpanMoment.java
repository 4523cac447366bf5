package io.mnemosyne.core.trace;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that happened at one time within a span; OpenTelemetry calls it an event.
 *
 * @param attributes by OpenTelemetry name, each as JSON text
 */
public record SpanMoment(String name, Instant at, Map<String, String> attributes) {
    public SpanMoment {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }
}
