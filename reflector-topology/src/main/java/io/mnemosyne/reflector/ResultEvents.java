package io.mnemosyne.reflector;

import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.reflect.ReflectorEvent;

/** Reads {@code reflector.results} as events by thread. */
final class ResultEvents extends ContextualProcessor<String, @Nullable ReflectionResult, String, ReflectorEvent> {

    @Override
    public void process(Record<String, @Nullable ReflectionResult> read) {
        Optional.ofNullable(read.value())
                .ifPresent(result -> context().forward(read.withKey(result.thread().toString())
                        .withValue(new ReflectorEvent.ResultArrived(result, Instant.ofEpochMilli(read.timestamp())))));
    }
}
