package io.mnemosyne.schemas.topics;

import java.util.Optional;
import java.util.Set;

import org.apache.kafka.streams.processor.StreamPartitioner;

/** {@link ThreadPartitioner} for sinks and metadata queries of a topology. */
public final class ThreadStreamPartitioner<V> implements StreamPartitioner<String, V> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, V value, int numPartitions) {
        return Optional.of(Set.of(ThreadPartitioner.partitionOf(key, numPartitions)));
    }
}
