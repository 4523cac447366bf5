package io.mnemosyne.trace;

import java.time.Instant;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

import io.mnemosyne.core.trace.SpanPart;

/** What leaves a home, and the clock. Both are the task's, and so is the thread. */
record HomeOutlet(ProcessorContext<String, Object> context, Counters counters) {

    Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    void place(SpanPart part) {
        context.forward(new Record<>(part.key(), part, context.currentSystemTimeMs()));
    }

    void send(String home, HomeMessage message) {
        context.forward(new Record<>(home, message, context.currentSystemTimeMs()));
    }

    void count(String name) {
        counters.count(name, 1);
    }
}
