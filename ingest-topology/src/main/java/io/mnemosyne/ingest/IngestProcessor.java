package io.mnemosyne.ingest;

import java.util.Objects;
import java.util.Optional;

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
import io.mnemosyne.schemas.streams.RowLedger;

/** Loads a thread's head, lets the {@link Sequencer} decide about a raw record, stores and forwards. */
final class IngestProcessor implements Processor<String, byte[], String, @Nullable Object> {
    private final Sequencer sequencer;
    private final RawReader reader;
    private @Nullable Shell shell;

    private record Shell(ProcessorContext<String, @Nullable Object> context, KeyValueStore<String, ThreadHead> heads,
            KnownRows known, EffectRunner effects, Counters counters) {
    }

    IngestProcessor(Sequencer sequencer, RawReader reader) {
        this.sequencer = sequencer;
        this.reader = reader;
    }

    @Override
    public void init(ProcessorContext<String, @Nullable Object> context) {
        KnownRows known = new KnownRows(context.getStateStore(IngestTopology.KNOWN));
        RowLedger rows = new RowLedger(context.getStateStore(IngestTopology.ROWS));
        shell = new Shell(context, context.getStateStore(IngestTopology.HEADS), known,
                new EffectRunner(context, known, rows, reader), Counters.in(context));
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
        if (!decision.state().equals(head)) {
            in.heads().put(thread.toString(), decision.state());
        }
        in.effects().run(thread, record, metadata, decision.effects());
        in.counters().count(decision.counts());
    }
}
