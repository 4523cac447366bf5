package io.mnemosyne.trace.send;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.schemas.mapping.UnknownKindException;
import io.mnemosyne.schemas.serde.TopicSerdes;

/** Reads records of {@code spans.finished}. */
final class Intake {
    private final Deserializer<PlacedSpan> deserializer;

    Intake(TopicSerdes serdes) {
        deserializer = serdes.finishedSpans().deserializer();
    }

    /** What a record turns out to be. */
    sealed interface Read {
        record Good(Source source, PlacedSpan span) implements Read {
        }

        record Bad(Source source, String reason) implements Read {
        }
    }

    /** @throws io.mnemosyne.schemas.serde.SchemaLookupException if the registry does not answer */
    Read read(TopicPartition partition, ConsumerRecord<byte[], byte[]> message, long epoch) {
        byte[] value = message.value() == null ? new byte[0] : message.value();
        String key = message.key() == null ? "" : new String(message.key(), StandardCharsets.UTF_8);
        Source source = new Source(partition, message.offset(), epoch, key, Sha256.hex(value), value.length);
        if (value.length == 0) {
            return new Read.Bad(source, "the record has no value");
        }
        try {
            return new Read.Good(source, deserializer.deserialize(message.topic(), value));
        } catch (UnknownKindException _) {
            return new Read.Bad(source, "of a kind that this version does not know; update the trace sink");
        } catch (SerializationException | IllegalArgumentException e) {
            return new Read.Bad(source, "cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
