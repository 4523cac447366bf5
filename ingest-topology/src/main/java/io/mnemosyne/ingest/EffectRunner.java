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
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.schemas.streams.RowLedger;

/**
 * Carries out what was decided about one raw record. Everything that is made of it keeps its timestamp and, of its headers,
 * the trace that it belongs to: what else a foreign producer put there is not redacted, and stays behind.
 */
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

    void run(ThreadKey thread, Record<String, byte[]> raw, RecordMetadata metadata, List<IngestEffect> effects) {
        Record<String, byte[]> cause = withoutForeignHeaders(raw);
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
                case IngestEffect.Reroute _ -> reroute(raw, metadata);
            }
        }
    }

    /** Without a thread there is no order to take a place in: such a record is reported, and that is all. */
    void rejectWithoutThread(Record<String, byte[]> raw, RecordMetadata metadata) {
        reject(NO_THREAD, withoutForeignHeaders(raw), metadata,
                "the record's key is not tenant/thread, each 1 to 128 characters out of "
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
                .log("rejected a raw record; the topic of rejections says why");
        Rejection rejection = new Rejection(thread, source, reason, Sha256.hex(body), body.length);
        context.forward(cause.withKey(thread).withValue(rejection), Sinks.REJECTED);
    }

    private static Record<String, byte[]> withoutForeignHeaders(Record<String, byte[]> raw) {
        Headers headers = new RecordHeaders();
        RawReader.traceOf(raw.headers()).ifPresent(trace -> headers.add(TraceContext.HEADER,
                trace.traceparent().getBytes(StandardCharsets.US_ASCII)));
        return raw.withHeaders(headers);
    }

    /** As it is, with all headers: it is read again. */
    private void reroute(Record<String, byte[]> raw, RecordMetadata metadata) {
        Headers headers = new RecordHeaders(raw.headers()).add(RawReader.REROUTED,
                Integer.toString(metadata.partition()).getBytes(StandardCharsets.UTF_8));
        context.forward(raw.withHeaders(headers).withValue(raw.value()), reader.rerouteSink(metadata));
    }
}
