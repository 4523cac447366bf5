package io.mnemosyne.observer;

import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.observe.ObserverEvent;
import io.mnemosyne.core.observe.Renditions;

/** Reads {@code turns}: turns and commands pass; tombstones and skipped records say nothing to the observer. */
final class TurnEvents extends ContextualProcessor<String, @Nullable TurnsRecord, String, Observable> {
    @Override
    public void process(Record<String, @Nullable TurnsRecord> record) {
        Optional.ofNullable(record.value())
                .flatMap(turns -> observable(turns, Instant.ofEpochMilli(record.timestamp())))
                .ifPresent(observable -> context().forward(record.withValue(observable)));
    }

    private static Optional<Observable> observable(TurnsRecord turns, Instant at) {
        Optional<Rendition> rendition = turns.event() instanceof TurnEvent.Appended(Turn turn)
                ? Optional.of(Renditions.of(turn))
                : Optional.empty();
        return ObserverEvent.of(turns, at).map(event -> new Observable(turns.thread(), event, rendition));
    }
}
