package io.mnemosyne.observer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.ThreadKey;

/** What the observer counts, as metrics {@code stream-observer-metrics} and as lines in the log. */
final class Counters {
    private static final Logger LOGGER = LoggerFactory.getLogger(Counters.class);

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

    void count(ThreadKey thread, List<String> counts) {
        for (String name : counts) {
            sensors.computeIfAbsent(name, this::sensor).record();
            LOGGER.atInfo().addKeyValue("thread", thread).addKeyValue("count", name).log("observer counted");
        }
    }

    private Sensor sensor(String name) {
        return metrics.addRateTotalSensor("observer", task, name, Sensor.RecordingLevel.INFO);
    }
}
