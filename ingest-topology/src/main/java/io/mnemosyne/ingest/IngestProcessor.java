package io.mnemosyne.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.IngestEffect;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.ingest.ThreadHead;
import io.mnemosyne.core.ingest.TurnTrace;
import io.mnemosyne.core.ingest.TurnTracer;
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.schemas.streams.RowLedger;
import io.mnemosyne.schemas.streams.SpanOutlet;

/** Loads a thread's head, lets the {@link Sequencer} decide about a raw record and the {@link TurnTracer} tell of it, stores and forwards. */
final class IngestProcessor implements Processor<String, byte[], String, @Nullable Object> {
    private final Sequencer sequencer;
    private final TurnTracer tracer;
    private final RawReader reader;
    private @Nullable Shell shell;

    private record Shell(ProcessorContext<String, @Nullable Object> context, KeyValueStore<String, ThreadHead> heads,
            KnownRows known, EffectRunner effects, SpanOutlet spans, Counters counters) {
    }

    IngestProcessor(Sequencer sequencer, TurnTracer tracer, RawReader reader) {
        this.sequencer = sequencer;
        this.tracer = tracer;
        this.reader = reader;
    }

    @Override
    public void init(ProcessorContext<String, @Nullable Object> context) {
        KnownRows known = new KnownRows(context.getStateStore(IngestTopology.KNOWN));
        RowLedger rows = new RowLedger(context.getStateStore(IngestTopology.ROWS));
        shell = new Shell(context, context.getStateStore(IngestTopology.HEADS), known,
                new EffectRunner(context, known, rows, reader), new SpanOutlet(context, Sinks.SPANS),
                Counters.in(context));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        Shell in = Objects.requireNonNull(shell, "init comes first");
        RecordMetadata metadata = in.context().recordMetadata().orElseThrow();
        Optional<ThreadKey> thread = RawReader.threadOf(record.key());
        thread.ifPresentOrElse(key -> process(in, key, record, metadata),
                () -> in.effects().rejectWithoutThread(record, metadata));
    }

    private void process(Shell in, ThreadKey thread, Record<String, byte[]> record, RecordMetadata metadata) {
        ThreadHead head = Optional.ofNullable(in.heads().get(thread.toString())).orElse(ThreadHead.NEW);
        Decision<ThreadHead, IngestEffect> decision = sequencer.decide(head, thread, reader.positionOf(metadata),
                reader.read(thread, record, metadata), in.known().of(thread));
        TurnTrace trace = tracer.trace(thread, head, decision, Instant.ofEpochMilli(record.timestamp()));
        if (!trace.head().equals(head)) {
            in.heads().put(thread.toString(), trace.head());
        }
        in.effects().run(thread, in(trace, record), metadata, decision.effects());
        in.spans().write(thread.tenant(), trace.events(), record.timestamp());
        in.counters().count(decision.counts());
    }

    /** What is made of a turn names the turn's span as its cause. */
    private static Record<String, byte[]> in(TurnTrace trace, Record<String, byte[]> record) {
        if (trace.context().isEmpty()) {
            return record;
        }
        Headers headers = new RecordHeaders(record.headers()).remove(TraceContext.HEADER).add(TraceContext.HEADER,
                trace.context().get().traceparent().getBytes(StandardCharsets.US_ASCII));
        return record.withHeaders(headers);
    }
}
