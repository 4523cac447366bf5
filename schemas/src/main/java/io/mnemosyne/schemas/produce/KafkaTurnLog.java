package io.mnemosyne.schemas.produce;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** Writes to {@code turns.raw}, {@code commands} and {@code spans}; a write is done when all in-sync replicas have it. Thread-safe. */
public final class KafkaTurnLog implements TurnLog {
    private static final int LINGER_MS = 5;
    private static final int MAX_REQUEST_BYTES = 17 << 20;
    /** How long a record may wait for its topic to be known or for room to be sent from. */
    private static final int MAX_BLOCK_MS = 5_000;
    /** How long a record may then take; together with the wait in front of it no more than 30 s. */
    private static final int DELIVERY_TIMEOUT_MS = 25_000;
    private static final int REQUEST_TIMEOUT_MS = 10_000;
    /** Who waited for a record has its answer before the log is closed, so that there is little left to send. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final Producer<String, byte[]> producer;
    private final TopicNames names;
    private final Serde<RawTurn> turns;
    private final Serde<Command> commands;
    private final Serde<SpanRecord> spans;

    public KafkaTurnLog(Map<String, ?> clientSettings, TopicNames names, TopicSerdes serdes) {
        this.producer = new KafkaProducer<>(settings(clientSettings), new StringSerializer(),
                new ByteArraySerializer());
        this.names = names;
        this.turns = serdes.rawTurns();
        this.commands = serdes.commands();
        this.spans = serdes.spans();
    }

    @Override
    public CompletableFuture<Position> append(ThreadKey thread, RawTurn turn) {
        return send(Topics.TURNS_RAW, thread.toString(),
                turns.serializer().serialize(names.of(Topics.TURNS_RAW), turn));
    }

    @Override
    public CompletableFuture<Position> append(ThreadKey thread, Command command) {
        return send(Topics.COMMANDS, thread.toString(),
                commands.serializer().serialize(names.of(Topics.COMMANDS), command));
    }

    @Override
    public CompletableFuture<Position> append(SpanRecord span) {
        return send(Topics.SPANS, span.key(), spans.serializer().serialize(names.of(Topics.SPANS), span));
    }

    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }

    /** The callback tells what became of the record; the producer's own future would say the same. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private CompletableFuture<Position> send(Topic topic, String key, byte[] value) {
        CompletableFuture<Position> written = new CompletableFuture<>();
        producer.send(new ProducerRecord<>(names.of(topic), key, value), (metadata, failure) -> {
            if (failure == null) {
                written.complete(new Position(topic.name(), metadata.partition(), metadata.offset()));
            } else {
                written.completeExceptionally(failure);
            }
        });
        return written;
    }

    private static Map<String, Object> settings(Map<String, ?> clientSettings) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        settings.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, ThreadPartitioner.class);
        return settings;
    }
}
