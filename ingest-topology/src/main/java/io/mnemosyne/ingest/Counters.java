package io.mnemosyne.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What ingest counts, as metrics {@code stream-ingest-metrics}. */
final class Counters {
    private final StreamsMetrics metrics;
    private final String task;
    private final Map<String, Sensor> sensors = new HashMap<>();

    private Counters(StreamsMetrics metrics, String task) {
        this.metrics = metrics;
        this.task = task;
    }

    static Counters in(ProcessorContext<?, ?> context) {
        return new Counters(context.metrics(), context.taskId().toString());
    }

    void count(List<String> counts) {
        counts.forEach(name -> sensors.computeIfAbsent(name, this::sensor).record());
    }

    private Sensor sensor(String name) {
        return metrics.addRateTotalSensor("ingest", task, name, Sensor.RecordingLevel.INFO);
    }
}
