package io.mnemosyne.reflector;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.ThreadKey;

/** What the reflector counts, as metrics {@code stream-reflector-metrics} and as lines in the log. */
final class Counters {
    private static final Logger LOGGER = LoggerFactory.getLogger(Counters.class);

    private final ProcessorContext<?, ?> context;
    private final Map<String, Sensor> sensors = new HashMap<>();

    Counters(ProcessorContext<?, ?> context) {
        this.context = context;
    }

    void count(ThreadKey thread, String name) {
        sensors.computeIfAbsent(name, this::sensor).record();
        LOGGER.atDebug().addKeyValue("thread", thread).addKeyValue("count", name).log("reflector counted");
    }

    private Sensor sensor(String name) {
        return context.metrics()
                .addRateTotalSensor("reflector", context.taskId().toString(), name, Sensor.RecordingLevel.INFO);
    }
}
