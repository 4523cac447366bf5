package io.mnemosyne.trace.send;

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
import org.apache.kafka.common.serialization.StringSerializer;

import io.mnemosyne.schemas.topics.ThreadPartitioner;

/** Makes the Kafka clients of a sender, which closes them. */
interface SenderClients {
    int MIB = 1024 * 1024;
    /** After a kill -9 nobody says goodbye: spans wait for this long until the next sender gets them. */
    int SESSION_TIMEOUT_MILLIS = 6_000;

    /** A consumer of the sender's group: reads committed records only, never commits by itself. */
    Consumer<byte[], byte[]> consumer();

    Producer<String, byte[]> producer();

    /**
     * Clients of a real broker.
     *
     * @param common settings of every client: where the brokers are, how to log in
     */
    static SenderClients of(Map<String, Object> common, String group) {
        Map<String, Object> reading = new HashMap<>(common);
        reading.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reading.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        reading.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MILLIS / 3);
        // One record may be 16 MiB and comes whatever these say; they keep small ones from adding up.
        reading.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * MIB);
        reading.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * MIB);
        Map<String, Object> writing = new HashMap<>(common);
        writing.put(ProducerConfig.ACKS_CONFIG, "all");
        writing.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        writing.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, ThreadPartitioner.class.getName());
        writing.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        return new SenderClients() {
            @Override
            public Consumer<byte[], byte[]> consumer() {
                return new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            }

            @Override
            public Producer<String, byte[]> producer() {
                return new KafkaProducer<>(writing, new StringSerializer(), new ByteArraySerializer());
            }
        };
    }
}
