package io.mnemosyne.reflector;

import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.reflect.ReflectorEvent;

/** Reads {@code memory} as events by thread. Passes over tombstones and over what the reflector wrote there itself. */
final class MemoryEvents extends ContextualProcessor<String, @Nullable MemoryRecord, String, ReflectorEvent> {

    @Override
    public void process(Record<String, @Nullable MemoryRecord> read) {
        Optional.ofNullable(read.value())
                .ifPresent(told -> ReflectorEvent.of(told, Instant.ofEpochMilli(read.timestamp())).ifPresent(
                        event -> context().forward(read.withKey(told.thread().toString()).withValue(event))));
    }
}
