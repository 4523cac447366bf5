package io.mnemosyne.index;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.DeadLetter;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.index.IndexStats.Lag;
import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.inference.embeddings.EmbedderAwayException;
import io.mnemosyne.inference.embeddings.EmbeddingException;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * Embeds what is worth it and writes {@code vectors}, from where the {@link TextLoop} takes them into the index. A vector
 * has the key and the time of the record whose text it embeds, and goes with it: a tombstone is passed on. Offsets are
 * committed when the vectors are acknowledged, so that after a crash nothing stays without its vector.
 */
final class VectorLoop implements Loop {
    private static final Logger LOG = LoggerFactory.getLogger(VectorLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Acknowledged producer;
    private final Embedder embedder;
    private final DeadLetters deadLetters;
    private final String objectTopic;
    private final String memoryTopic;
    private final String vectorTopic;
    private final Deserializer<ObjectRecord> objects;
    private final Deserializer<MemoryRecord> memory;
    private final Serializer<EmbeddingVector> vectors;
    private final Tally tally;
    private final InstantSource clock;

    VectorLoop(Supplier<Consumer<byte[], byte[]>> consumers, Acknowledged producer, Embedder embedder,
            DeadLetters deadLetters, TopicSerdes serdes, TopicNames names, Tally tally, InstantSource clock) {
        this.consumers = consumers;
        this.producer = producer;
        this.embedder = embedder;
        this.deadLetters = deadLetters;
        this.objectTopic = names.of(Topics.OBJECTS);
        this.memoryTopic = names.of(Topics.MEMORY);
        this.vectorTopic = names.of(Topics.VECTORS);
        this.objects = serdes.objects().deserializer();
        this.memory = serdes.memory().deserializer();
        this.vectors = serdes.vectors().serializer();
        this.tally = tally;
        this.clock = clock;
    }

    @Override
    public void run(Backoff stop) {
        // Loads or calls the model, so that one that does not work is not blamed on a text.
        embedder.embed("ready");
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.subscribe(List.of(objectTopic, memoryTopic));
            while (!stop.isStopped()) {
                embed(consumer.poll(POLL), consumer, stop);
            }
        }
    }

    private void embed(ConsumerRecords<byte[], byte[]> messages, Consumer<byte[], byte[]> consumer, Backoff stop) {
        List<ProducerRecord<String, byte[]>> out = new ArrayList<>();
        List<DeadLetter> letters = new ArrayList<>();
        long unread = consumer.assignment().stream().mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
        long open = messages.count();
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            if (stop.isStopped()) {
                return;
            }
            tally.vectors(new Lag(unread + open, Math.max(0, clock.millis() - message.timestamp())));
            try {
                vector(message).ifPresent(out::add);
            } catch (EmbedderAwayException e) {
                // Not this text's fault: it is tried again, from what is committed.
                throw e;
            } catch (EmbeddingException e) {
                LOG.atWarn().setCause(e).addKeyValue("offset", message.offset())
                        .addKeyValue("partition", message.partition()).log("a text cannot be embedded");
                letters.add(deadLetters.on(message, 0, "the text cannot be embedded"));
            }
            open--;
        }
        if (!messages.isEmpty()) {
            producer.send(out);
            deadLetters.send(letters);
            consumer.commitSync();
            tally.embedded(out.stream().filter(vector -> vector.value() != null).count());
        }
        tally.vectors(new Lag(unread, 0));
    }

    /** Nothing if there is nothing to embed, or if the record cannot be read, which the {@link TextLoop} reports. */
    private Optional<ProducerRecord<String, byte[]>> vector(ConsumerRecord<byte[], byte[]> message) {
        String key;
        Optional<Embeddable> text;
        try {
            key = RecordReader.key(message);
            text = message.value() == null ? Optional.empty() : text(message);
        } catch (SerializationException e) {
            LOG.atDebug().setCause(e).addKeyValue("offset", message.offset()).log("a record cannot be read");
            return Optional.empty();
        }
        return message.value() == null
                ? Optional.of(row(key, message, null))
                : text.map(found -> row(key, message, vectors.serialize(vectorTopic, found.by(embedder))));
    }

    private ProducerRecord<String, byte[]> row(String key, ConsumerRecord<byte[], byte[]> source,
            byte @Nullable [] vector) {
        Integer anyPartition = null;
        return new ProducerRecord<>(vectorTopic, anyPartition, source.timestamp(), key, vector);
    }

    private Optional<Embeddable> text(ConsumerRecord<byte[], byte[]> message) {
        return message.topic().equals(objectTopic)
                ? Embeddable.of(objects.deserialize(message.topic(), message.value()))
                : Embeddable.of(memory.deserialize(message.topic(), message.value()));
    }
}
