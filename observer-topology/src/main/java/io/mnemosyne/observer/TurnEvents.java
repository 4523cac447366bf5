package io.mnemosyne.observer;

import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.observe.ObserverEvent;
import io.mnemosyne.core.observe.Renditions;

/** Reads {@code turns}: turns and commands pass; tombstones and skipped records say nothing to the observer. */
final class TurnEvents extends ContextualProcessor<String, @Nullable TurnsRecord, String, Observable> {
    /** Largest content of a part that is kept for the observer. */
    static final int MAX_PART_BYTES = 6 * 1024;

    @Override
    public void process(Record<String, @Nullable TurnsRecord> record) {
        Optional.ofNullable(record.value())
                .flatMap(turns -> observable(turns, Instant.ofEpochMilli(record.timestamp())))
                .ifPresent(observable -> context().forward(record.withValue(observable)));
    }

    private static Optional<Observable> observable(TurnsRecord turns, Instant at) {
        return switch (turns.event()) {
            case TurnEvent.Appended(Turn turn) -> Optional.of(new Observable(turns.thread(),
                    new ObserverEvent.TurnAppended(turns.incarnation(), TurnFacts.of(turn), at),
                    Optional.of(Renditions.of(turn, MAX_PART_BYTES))));
            case TurnEvent.Controlled(Command command) -> Optional.of(new Observable(turns.thread(),
                    new ObserverEvent.Controlled(turns.incarnation(), command, at), Optional.empty()));
            case TurnEvent.Skipped _ -> Optional.empty();
        };
    }
}
