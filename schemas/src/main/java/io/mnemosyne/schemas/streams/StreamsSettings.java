package io.mnemosyne.schemas.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

import io.mnemosyne.schemas.topics.TopicNames;

/**
 * The settings that every topology runs with.
 *
 * @param stage names the topology, for example {@code ingest}; with the prefix of {@code names} its application id
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param stateDir where the state stores are kept
 * @param threads stream threads, at least 1
 * @param overrides raw Kafka Streams settings that take precedence, for example credentials
 */
public record StreamsSettings(String stage, TopicNames names, String bootstrapServers, Path stateDir, int threads,
        Map<String, String> overrides) {
    /** Commit, and so visibility to other stages, at most this long after a record. */
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
    /** After a kill -9 nobody says goodbye: the partitions stay orphaned for this long. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    /**
     * A record and what follows from it are one transaction, and a thread that is still at it when this has passed is
     * fenced, gets the same record again, and is fenced again. The costliest 15 MiB that are known take ingest 20 s of a
     * core (redaction and token counting do a MiB or more in a second each, whatever the text), and at most four such
     * records are fetched at once. Not longer than needed, because who takes over from a machine that is lost waits this
     * long for its open transaction; a process that starts again on its state directory does not. Brokers allow 15 min.
     */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(2);
    /** Largest record plus room for the batch around it. */
    private static final int MAX_REQUEST_BYTES = 17 * 1024 * 1024;
    private static final int LINGER_MILLIS = 5;

    public StreamsSettings {
        overrides = Map.copyOf(overrides);
    }

    public StreamsSettings(String stage, TopicNames names, String bootstrapServers, Path stateDir) {
        this(stage, names, bootstrapServers, stateDir, 1, Map.of());
    }

    /** As Kafka Streams takes them. */
    public Properties properties() {
        Map<String, Object> settings = new TreeMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, names.applicationId(stage));
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, StopOnUnreadable.class);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                (int) SESSION_TIMEOUT.toMillis());
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                (int) HEARTBEAT.toMillis());
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "zstd");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                (int) TRANSACTION_TIMEOUT.toMillis());
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
        settings.put(StreamsConfig.topicPrefix(TopicConfig.COMPRESSION_TYPE_CONFIG), "producer");
        settings.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), MAX_REQUEST_BYTES);
        settings.putAll(overrides);
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }
}
