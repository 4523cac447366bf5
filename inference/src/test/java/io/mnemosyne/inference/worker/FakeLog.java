package io.mnemosyne.inference.worker;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A consumer of a log that can be read again: Kafka's mock forgets what it has handed out. */
final class FakeLog extends MockConsumer<String, byte[]> {
    private final List<ConsumerRecord<String, byte[]>> log = new CopyOnWriteArrayList<>();
    /** What the last seek has made readable: the mock hands out nothing that was written since. */
    private List<ConsumerRecord<String, byte[]>> readable = List.of();

    FakeLog() {
        super("earliest");
    }

    /** Returns the offset. */
    synchronized long append(ProducerRecord<String, byte[]> row, int partition, Instant at) {
        log.add(new ConsumerRecord<>(row.topic(), partition, log.size(), at.toEpochMilli(), TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE, ConsumerRecord.NULL_SIZE, row.key(), row.value(), new RecordHeaders(),
                Optional.empty()));
        return log.size() - 1L;
    }

    List<ConsumerRecord<String, byte[]>> rows() {
        return List.copyOf(log);
    }

    void appendAll(FakeLog other) {
        log.addAll(other.log);
    }

    @Override
    public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> seek(partition, 0));
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
        super.seek(partition, offset);
        readable = List.copyOf(log);
        readable.stream().filter(row -> row.partition() == partition.partition() && row.offset() >= offset)
                .forEach(this::addRecord);
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        TopicPartition partition = partitions.iterator().next();
        return Map.of(partition, readable.stream().filter(row -> row.partition() == partition.partition())
                .mapToLong(row -> row.offset() + 1).max().orElse(0));
    }
}
