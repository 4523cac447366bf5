package io.mnemosyne.index;

import java.util.List;
import java.util.Map;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far consumer groups have read. Every call throws {@link KafkaException} if the broker does not answer. */
interface Groups extends AutoCloseable {

    /** The offset after the last one that a group has committed, for each partition of which it has committed one. */
    Map<TopicPartition, Long> committed(String group);

    /** The offset after the last committed record, for each partition that has any. */
    Map<TopicPartition, Long> ends(List<String> topics);

    /** Deletes a group; false if it still has members. It does not matter if there is none. */
    boolean delete(String group);

    @Override
    void close();
}
