package io.mnemosyne.inference.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.TopicNames;

/** Makes the Kafka clients of a worker. The worker closes what it was given. */
public interface KafkaClients {
    /** After a kill -9 nobody says goodbye: the requests that the worker had wait for this long, and so does its successor. */
    Duration SESSION_TIMEOUT = Duration.ofSeconds(6);
    Duration HEARTBEAT = Duration.ofSeconds(2);

    /** A consumer of the worker's group: reads committed records only, never commits by itself. */
    Consumer<String, byte[]> group();

    /** A consumer without a group, which is told what to read. */
    Consumer<String, byte[]> reader();

    /** A producer that repeats nothing and puts every record on its thread's partition. */
    Producer<String, byte[]> producer();

    /**
     * Clients of a real broker.
     *
     * @param connection {@code bootstrap.servers} and whatever else it takes to connect
     */
    static KafkaClients of(Map<String, Object> connection, TopicNames names) {
        Map<String, Object> reading = new HashMap<>(connection);
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        Map<String, Object> grouped = new HashMap<>(reading);
        grouped.put(ConsumerConfig.GROUP_ID_CONFIG, names.applicationId("worker"));
        grouped.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 16);
        grouped.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
        grouped.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
        Map<String, Object> writing = new HashMap<>(connection);
        writing.put(ProducerConfig.ACKS_CONFIG, "all");
        writing.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        writing.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, ThreadPartitioner.class);
        // A broker that nobody finds must not hold a call up for a minute; who writes a result tries again.
        writing.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        writing.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1024 * 1024);
        return new KafkaClients() {
            @Override
            public Consumer<String, byte[]> group() {
                return new KafkaConsumer<>(grouped, new StringDeserializer(), new ByteArrayDeserializer());
            }

            @Override
            public Consumer<String, byte[]> reader() {
                return new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer());
            }

            @Override
            public Producer<String, byte[]> producer() {
                return new KafkaProducer<>(writing, new StringSerializer(), new ByteArraySerializer());
            }
        };
    }
}
