package io.mnemosyne.context;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.view.View;

/** What the view counts, as metrics {@code stream-context-metrics} and as lines in the log. */
final class Counters {
    private static final Logger LOGGER = LoggerFactory.getLogger(Counters.class);

    private final ProcessorContext<?, ?> context;
    private final Map<String, Sensor> sensors = new HashMap<>();

    Counters(ProcessorContext<?, ?> context) {
        this.context = context;
    }

    void count(ThreadKey thread, String name) {
        sensors.computeIfAbsent(name, this::sensor).record();
        LOGGER.atLevel(View.VIOLATION.equals(name) ? Level.WARN : Level.DEBUG).addKeyValue("thread", thread)
                .addKeyValue("count", name).log("context counted");
    }

    private Sensor sensor(String name) {
        return context.metrics().addRateTotalSensor("context", context.taskId().toString(), name,
                Sensor.RecordingLevel.INFO);
    }
}
