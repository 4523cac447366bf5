package io.mnemosyne.schemas.streams;

import java.util.List;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanRecord;

/** Writes spans to a sink of a topology, in the transaction of what they tell of. No row of a ledger: they expire. */
public final class SpanOutlet {
    private final ProcessorContext<String, @Nullable Object> context;
    private final String sink;

    /** @param sink the node's name */
    public SpanOutlet(ProcessorContext<String, @Nullable Object> context, String sink) {
        this.context = context;
        this.sink = sink;
    }

    /** @param timestamp of the record that caused them, milliseconds since 1970 */
    public void write(String tenant, List<SpanEvent> events, long timestamp) {
        for (SpanEvent event : events) {
            SpanRecord span = new SpanRecord(tenant, event);
            context.forward(new Record<>(span.key(), span, timestamp), sink);
        }
    }
}
