package io.mnemosyne.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import io.mnemosyne.core.DeadLetter;

/** Records that are settled together: their changes, and how far the partitions are read with them. */
final class Batch {
    private final List<Entry> entries = new ArrayList<>();
    private final List<DeadLetter> unreadable = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private long bytes;
    private long records;
    private long oldest = Long.MAX_VALUE;

    void add(ConsumerRecord<byte[], byte[]> message, List<Entry> changes) {
        entries.addAll(changes);
        bytes += changes.stream().mapToLong(Entry::weight).sum();
        passed(message);
    }

    void add(ConsumerRecord<byte[], byte[]> message, DeadLetter letter) {
        unreadable.add(letter);
        passed(message);
    }

    private void passed(ConsumerRecord<byte[], byte[]> message) {
        records++;
        oldest = Math.min(oldest, message.timestamp());
    }

    /** All before these offsets is in this batch or in one before, also what is no record, such as the end of a transaction. */
    void readTo(Map<TopicPartition, OffsetAndMetadata> next) {
        offsets.putAll(next);
    }

    List<Entry> entries() {
        return entries;
    }

    List<DeadLetter> unreadable() {
        return unreadable;
    }

    /** The offsets to commit once everything is settled. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return offsets;
    }

    boolean isEmpty() {
        return offsets.isEmpty();
    }

    boolean isFull(IndexSettings settings) {
        return records >= settings.bulkDocuments() || bytes >= settings.bulkBytes();
    }

    long records() {
        return records;
    }

    /** Timestamp of the oldest record, epoch milliseconds. */
    long oldest() {
        return oldest;
    }
}
