package io.mnemosyne.ingest;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.Rejection;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.ingest.IngestEffect;
import io.mnemosyne.core.ingest.RowKeys;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.schemas.streams.RowLedger;

/** Carries out what was decided about one raw record. Everything it forwards keeps the record's headers and timestamp. */
final class EffectRunner {
    private static final Logger LOGGER = LoggerFactory.getLogger(EffectRunner.class);
    private static final String NO_THREAD = "";

    private final ProcessorContext<String, @Nullable Object> context;
    private final KnownRows known;
    private final RowLedger rows;
    private final RawReader reader;

    EffectRunner(ProcessorContext<String, @Nullable Object> context, KnownRows known, RowLedger rows,
            RawReader reader) {
        this.context = context;
        this.known = known;
        this.rows = rows;
        this.reader = reader;
    }

    void run(ThreadKey thread, Record<String, byte[]> cause, RecordMetadata metadata, List<IngestEffect> effects) {
        for (IngestEffect effect : effects) {
            switch (effect) {
                case IngestEffect.Emit(TurnsRecord turns) ->
                    write(thread, cause, Sinks.TURNS, RowKeys.of(turns), turns);
                case IngestEffect.Keep(Blob blob) -> write(thread, cause, Sinks.BLOBS, RowKeys.of(blob), blob);
                case IngestEffect.Describe(ObjectRecord object) ->
                    write(thread, cause, Sinks.OBJECTS, RowKeys.of(object), object);
                case IngestEffect.Remember(var kind, String name, String value) ->
                    known.remember(thread, kind, name, value);
                case IngestEffect.Erase _ -> erase(thread, cause);
                case IngestEffect.Reject(String reason) -> reject(thread.toString(), cause, metadata, reason);
                case IngestEffect.Reroute _ -> reroute(cause, metadata);
            }
        }
    }

    /** Spans are not kept in the ledger: they expire, and a tombstone would be in no span's order. */
    void trace(ThreadKey thread, Record<String, byte[]> cause, List<SpanEvent> events) {
        for (SpanEvent event : events) {
            SpanRecord span = new SpanRecord(thread.tenant(), event);
            context.forward(cause.withKey(span.key()).withValue(span), Sinks.SPANS);
        }
    }

    /** Without a thread there is no order to take a place in: such a record is reported, and that is all. */
    void rejectWithoutThread(Record<String, byte[]> cause, RecordMetadata metadata) {
        reject(NO_THREAD, cause, metadata, "the record's key is not tenant/thread, each 1 to 128 characters out of "
                + "A-Z a-z 0-9 . _ : @ -; set the key, for example default/my-thread");
    }

    private void write(ThreadKey thread, Record<String, byte[]> cause, String sink, String key, Object value) {
        rows.wrote(thread, sink, key);
        context.forward(cause.withKey(key).withValue(value), sink);
    }

    private void erase(ThreadKey thread, Record<String, byte[]> cause) {
        known.forget(thread);
        rows.erase(thread, (sink, key) -> context.forward(tombstone(cause, key), sink));
    }

    private static Record<String, @Nullable Object> tombstone(Record<String, byte[]> cause, String key) {
        return new Record<>(key, null, cause.timestamp(), cause.headers());
    }

    private void reject(String thread, Record<String, byte[]> cause, RecordMetadata metadata, String reason) {
        byte @Nullable [] value = cause.value();
        byte[] body = value == null ? new byte[0] : value;
        Position source = reader.positionOf(metadata);
        LOGGER.atWarn().addKeyValue("thread", thread).addKeyValue("topic", source.topic())
                .addKeyValue("partition", source.partition()).addKeyValue("offset", source.offset())
                .addKeyValue("reason", reason).log("rejected a raw record");
        Rejection rejection = new Rejection(thread, source, reason, Sha256.hex(body), body.length);
        context.forward(cause.withKey(thread).withValue(rejection), Sinks.REJECTED);
    }

    private void reroute(Record<String, byte[]> cause, RecordMetadata metadata) {
        Headers headers = new RecordHeaders(cause.headers()).add(RawReader.REROUTED,
                Integer.toString(metadata.partition()).getBytes(StandardCharsets.UTF_8));
        context.forward(cause.withHeaders(headers).withValue(cause.value()), reader.rerouteSink(metadata));
    }
}
