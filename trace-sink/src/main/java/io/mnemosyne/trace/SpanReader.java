package io.mnemosyne.trace;

import java.util.Optional;
import java.util.function.Function;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Position;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.redact.Redacted;
import io.mnemosyne.core.redact.Redactor;
import io.mnemosyne.core.redact.SpanRedactor;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.RefusedSpan;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanPart;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.SpanRules;

/**
 * Reads one of the two topics of spans. What is in a trace goes on as {@link SpanPart}, what is at a turn as
 * {@link HomeMessage}, and what cannot be taken as {@link RefusedSpan}: a record never stops the sink. Only a registry that
 * cannot be asked throws.
 */
final class SpanReader extends ContextualProcessor<String, byte @Nullable [], String, Object> {
    /** Largest value, bytes. What is made of one is a little larger and still fits the topics between. */
    private static final int MOST_BYTES = 16 << 20;
    private static final String BACKEND = "trace-sink";
    private static final int NOT_SENT = 0;

    private final String topic;
    private final Deserializer<SpanRecord> values;
    private final Optional<Function<String, ? extends Redactor>> foreign;
    private @Nullable Counters counters;

    /**
     * A reader.
     *
     * @param topic in the catalogue
     * @param foreign the redactors of tenants, where others than our own stages write
     */
    SpanReader(String topic, Deserializer<SpanRecord> values, Optional<Function<String, ? extends Redactor>> foreign) {
        this.topic = topic;
        this.values = values;
        this.foreign = foreign;
    }

    @Override
    public void process(Record<String, byte @Nullable []> read) {
        byte[] value = read.value();
        if (value == null) {
            refuse(read, new byte[0], "", "the record has no value");
        } else if (value.length > MOST_BYTES) {
            refuse(read, value, "", "the record has more than " + MOST_BYTES + " bytes; send its texts in parts");
        } else {
            take(read, value);
        }
    }

    private void take(Record<String, byte @Nullable []> read, byte[] value) {
        SpanRecord told;
        try {
            told = values.deserialize(topic, value);
        } catch (SerializationException | IllegalArgumentException e) {
            refuse(read, value, "", "the record cannot be read as a value of " + topic + " ("
                    + rootOf(e).getClass().getSimpleName()
                    + "); write it with that topic's schema and well-formed ids");
            return;
        }
        Optional<String> flaw = foreign.flatMap(_ -> SpanRules.flaw(told));
        if (flaw.isPresent()) {
            refuse(read, value, idOf(told.event()), flaw.get());
            return;
        }
        SpanEvent event = foreign.map(redactors -> redacted(told, redactors.apply(told.tenant()))).orElse(told.event());
        if (placeOf(event) instanceof Place.InTrace place) {
            SpanPart part = SpanPart.of(told.tenant(), event, place, Optional.empty());
            context().forward(new Record<String, Object>(part.key(), part, read.timestamp()));
        } else {
            SpanRecord clean = new SpanRecord(told.tenant(), event);
            HomeMessage message = foreign.isPresent()
                    ? new HomeMessage.ToldByOthers(clean)
                    : new HomeMessage.Told(clean);
            context().forward(new Record<String, Object>(clean.key(), message, read.timestamp()));
        }
    }

    private SpanEvent redacted(SpanRecord told, Redactor redactor) {
        Redacted<SpanEvent> redacted = new SpanRedactor(redactor).redact(told.event());
        redacted.counts().forEach((rule, count) -> counters().count("redacted." + rule, count));
        return redacted.value();
    }

    private void refuse(Record<String, byte @Nullable []> read, byte[] value, String spanId, String reason) {
        RecordMetadata metadata = context().recordMetadata().orElseThrow();
        String key = Optional.ofNullable(read.key()).filter(SpanReader::isKey).orElse("");
        context().forward(new Record<String, Object>(key, new RefusedSpan(key, spanId,
                new Position(topic, metadata.partition(), metadata.offset()), BACKEND, NOT_SENT, reason,
                Sha256.hex(value), value.length), context().currentSystemTimeMs()));
        counters().count("span.refused", 1);
    }

    private Counters counters() {
        if (counters == null) {
            counters = new Counters(context());
        }
        return counters;
    }

    private static boolean isKey(String key) {
        int slash = key.indexOf('/');
        return slash > 0 && ThreadKey.isName(key.substring(0, slash)) && ThreadKey.isName(key.substring(slash + 1));
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : rootOf(cause);
    }

    private static @Nullable Place placeOf(SpanEvent event) {
        return switch (event) {
            case SpanEvent.Finished finished -> finished.place();
            case SpanEvent.Started started -> started.place();
            case SpanEvent.Ended ended -> ended.place();
            case SpanEvent.Linked _ -> null;
        };
    }

    private static String idOf(SpanEvent event) {
        return switch (event) {
            case SpanEvent.Finished finished -> finished.span().id().hex();
            case SpanEvent.Started started -> started.id().hex();
            case SpanEvent.Ended ended -> ended.id().hex();
            case SpanEvent.Linked _ -> "";
        };
    }
}
