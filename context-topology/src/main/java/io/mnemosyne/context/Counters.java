package io.mnemosyne.context;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;

/** Counts what the view reports, as metrics of the Streams client: {@code stream-context-metrics}. */
final class Counters {
    private static final String SCOPE = "context";
    private static final String ENTITY = "view";

    private final StreamsMetrics metrics;
    private final Map<String, Sensor> sensors = new HashMap<>();

    Counters(StreamsMetrics metrics) {
        this.metrics = metrics;
    }

    void raise(String counter) {
        sensors.computeIfAbsent(counter,
                name -> metrics.addRateTotalSensor(SCOPE, ENTITY, name, Sensor.RecordingLevel.INFO)).record();
    }
}
