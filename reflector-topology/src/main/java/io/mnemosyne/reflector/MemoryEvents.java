package io.mnemosyne.reflector;

import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.reflect.ReflectorEvent;

/** Reads {@code memory} as events by thread. Passes over tombstones and over what the reflector wrote there itself. */
final class MemoryEvents extends ContextualProcessor<String, @Nullable MemoryRecord, String, ReflectorEvent> {

    @Override
    public void process(Record<String, @Nullable MemoryRecord> read) {
        Optional.ofNullable(read.value())
                .ifPresent(told -> event(told, Instant.ofEpochMilli(read.timestamp())).ifPresent(
                        event -> context().forward(read.withKey(told.thread().toString()).withValue(event))));
    }

    private static Optional<ReflectorEvent> event(MemoryRecord told, Instant at) {
        return switch (told.event()) {
            case MemoryEvent.Observed observed -> Optional
                    .of(new ReflectorEvent.SegmentObserved(told.incarnation(), observed.segment(), at));
            case MemoryEvent.Controlled controlled -> Optional
                    .of(new ReflectorEvent.Controlled(told.incarnation(), controlled.command(), at));
            case MemoryEvent.Reflected _,MemoryEvent.StateChanged _ -> Optional.empty();
        };
    }
}
