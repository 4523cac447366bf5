package io.mnemosyne.index;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** Groups of a real broker. */
record KafkaGroups(Admin admin) implements Groups {
    private static final Duration CLOSING = Duration.ofSeconds(1);

    @Override
    public Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        // A partition without a committed offset may be listed as null.
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> Optional.ofNullable(offset)
                        .ifPresent(found -> offsets.put(partition, found.offset())));
        return offsets;
    }

    @Override
    public Map<TopicPartition, Long> ends(List<String> topics) {
        List<TopicPartition> partitions = get(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Map<TopicPartition, Long> starts = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        ends.entrySet().removeIf(end -> end.getValue().equals(starts.get(end.getKey())));
        return ends;
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which) {
        return get(admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> which)),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, found -> offset(found.getValue())));
    }

    private static Long offset(ListOffsetsResultInfo found) {
        return found.offset();
    }

    @Override
    public boolean delete(String group) {
        try {
            get(admin.deleteConsumerGroups(List.of(group)).all());
            return true;
        } catch (GroupIdNotFoundException e) {
            return true;
        } catch (GroupNotEmptyException e) {
            return false;
        }
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException cause) {
                throw cause;
            }
            throw new KafkaException("the broker did not answer", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    @Override
    public void close() {
        admin.close(CLOSING);
    }
}
