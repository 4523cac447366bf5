package io.mnemosyne.schemas.topics;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The partitioner of every topic: murmur2 over the part of the key before {@code #}, so that all rows of a thread share a
 * partition in all topics. A key without {@code #} goes where Kafka's own partitioner would put it.
 */
public final class ThreadPartitioner implements Partitioner {

    /**
     * The partition of a key.
     *
     * @param key {@code tenant/thread} or {@code tenant/thread#row}
     * @param partitions of the topic, at least 1
     */
    public static int partitionOf(String key, int partitions) {
        int end = key.indexOf('#');
        String thread = end < 0 ? key : key.substring(0, end);
        return Utils.toPositive(Utils.murmur2(thread.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /**
     * The partition of a record's key.
     *
     * @throws InvalidRecordException if the record has no key
     */
    @Override
    public int partition(String topic, @Nullable Object key, byte @Nullable [] keyBytes, @Nullable Object value,
            byte @Nullable [] valueBytes, Cluster cluster) {
        if (keyBytes == null) {
            throw new InvalidRecordException(
                    "a record for topic " + topic + " has no key; give it the key tenant/thread");
        }
        return partitionOf(new String(keyBytes, StandardCharsets.UTF_8), cluster.partitionsForTopic(topic).size());
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // nothing to configure: the partitioning is part of the contract
    }

    @Override
    public void close() {
        // holds nothing
    }
}
