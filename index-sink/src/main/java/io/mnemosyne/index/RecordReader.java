package io.mnemosyne.index;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

import io.mnemosyne.core.Position;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** Makes changes of the index out of records of the topics that it reads. */
final class RecordReader {
    private final Map<String, Source<?>> sources;

    /**
     * Reads what a version of the index is made of.
     *
     * @param model whose vectors it takes; those of others are passed over
     */
    RecordReader(TopicSerdes serdes, TopicNames names, Version version, String model) {
        List<Source<?>> all = List.of(
                new Source<>(Topics.TURNS, serdes.turns().deserializer(),
                        (_, at, turns) -> TurnDocuments.of(at, turns), TurnDocuments::ofTombstone),
                new Source<>(Topics.OBJECTS, serdes.objects().deserializer(), Changes::of, Changes::ofTombstone),
                new Source<>(Topics.MEMORY, serdes.memory().deserializer(), Changes::of, Changes::ofTombstone),
                new Source<>(Topics.VECTORS, serdes.vectors().deserializer(),
                        (key, _, vector) -> vector.model().equals(model) ? Changes.of(key, vector) : List.of(),
                        Changes::ofTombstone));
        this.sources = all.stream().filter(source -> version.topics().contains(source.topic()))
                .collect(Collectors.toMap(source -> names.of(source.topic()), source -> source));
    }

    List<String> topics() {
        return List.copyOf(sources.keySet());
    }

    /**
     * The changes that a record stands for; none if it is of no interest to the index.
     *
     * @throws SerializationException if the record is at fault
     * @throws io.mnemosyne.schemas.serde.SchemaLookupException if the registry does not answer
     */
    List<Entry> read(ConsumerRecord<byte[], byte[]> message) {
        String key = key(message);
        return source(message).changes(key, message).stream().map(change -> new Entry(change, message)).toList();
    }

    Position position(ConsumerRecord<byte[], byte[]> message) {
        return new Position(source(message).topic().name(), message.partition(), message.offset());
    }

    /** The record's key; a key is text and never missing. */
    static String key(ConsumerRecord<byte[], byte[]> message) {
        if (message.key() == null || message.key().length == 0) {
            throw new SerializationException("the record has no key");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message.key())).toString();
        } catch (CharacterCodingException e) {
            throw new SerializationException("the record's key is not text", e);
        }
    }

    static String keyOrEmpty(ConsumerRecord<byte[], byte[]> message) {
        return message.key() == null ? "" : new String(message.key(), StandardCharsets.UTF_8);
    }

    private Source<?> source(ConsumerRecord<byte[], byte[]> message) {
        Source<?> source = sources.get(message.topic());
        if (source == null) {
            throw new IllegalStateException("a record of topic " + message.topic() + ", which was never subscribed to");
        }
        return source;
    }

    private interface Reading<T> {
        List<Change> changes(String key, Instant at, T value);
    }

    private record Source<T>(Topic topic, Deserializer<T> values, Reading<T> reading,
            Function<String, List<Change>> removal) {
        List<Change> changes(String key, ConsumerRecord<byte[], byte[]> message) {
            return message.value() == null
                    ? removal.apply(key)
                    : reading.changes(key, Instant.ofEpochMilli(message.timestamp()),
                            values.deserialize(message.topic(), message.value()));
        }
    }
}
