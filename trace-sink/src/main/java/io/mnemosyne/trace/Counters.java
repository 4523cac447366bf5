package io.mnemosyne.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What the sink counts, as metrics {@code stream-trace-sink-metrics}. */
final class Counters {
    private final ProcessorContext<?, ?> context;
    private final Map<String, Sensor> sensors = new HashMap<>();

    Counters(ProcessorContext<?, ?> context) {
        this.context = context;
    }

    void count(List<String> names) {
        names.forEach(name -> count(name, 1));
    }

    void count(String name, int times) {
        sensors.computeIfAbsent(name, this::sensor).record(times);
    }

    private Sensor sensor(String name) {
        return context.metrics().addRateTotalSensor("trace-sink", context.taskId().toString(), name,
                Sensor.RecordingLevel.INFO);
    }
}
