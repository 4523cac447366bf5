package io.mnemosyne.observer;

import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.ObserverEvent;

/** Reads {@code observer.results}. */
final class ResultEvents extends ContextualProcessor<String, ObservationResult, String, Observable> {
    @Override
    public void process(Record<String, ObservationResult> record) {
        ObserverEvent event = new ObserverEvent.ResultArrived(record.value(), Instant.ofEpochMilli(record.timestamp()));
        context().forward(record.withValue(new Observable(record.value().thread(), event, Optional.empty())));
    }
}
