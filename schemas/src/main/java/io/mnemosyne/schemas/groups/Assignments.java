package io.mnemosyne.schemas.groups;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that are this reader's now, and how far each is done. A partition that comes back after a rebalance is
 * a new assignment with a new epoch: what was under way for the old one no longer counts.
 *
 * <p>Not thread-safe; belongs to the polling thread. Only {@link #holds} may be called from any.
 */
public final class Assignments {
    private record Held(long epoch, LowWatermark progress) {
    }

    private final Map<TopicPartition, Held> held = new ConcurrentHashMap<>();
    private long epochs;

    /** These are this reader's from now on, each under a new epoch. */
    public void assigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> held.put(partition, new Held(++epochs, new LowWatermark())));
    }

    /** These are somebody else's from now on. */
    public void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(held::remove);
    }

    /** The numbers of the partitions held, of whatever topic. */
    public Set<Integer> numbers() {
        return held.keySet().stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    /** Whether a partition is still this reader's under the epoch at which a record was read. */
    public boolean holds(TopicPartition partition, long epoch) {
        Held own = held.get(partition);
        return own != null && own.epoch() == epoch;
    }

    /**
     * Under which epoch records of a partition are read now.
     *
     * @throws IllegalStateException if the partition is not held
     */
    public long epoch(TopicPartition partition) {
        return heldNow(partition).epoch();
    }

    /**
     * Notes that a record was read, and says under which epoch.
     *
     * @throws IllegalStateException if the partition is not held
     */
    public long read(TopicPartition partition, long offset) {
        Held own = heldNow(partition);
        own.progress().read(offset);
        return own.epoch();
    }

    /** A record is done; of a partition that went away, or came back since, that changes nothing. */
    public void done(TopicPartition partition, long offset, long epoch) {
        Held own = held.get(partition);
        if (own != null && own.epoch() == epoch) {
            own.progress().done(offset);
        }
    }

    /** What may be committed and is not yet. */
    public Map<TopicPartition, OffsetAndMetadata> due() {
        Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
        held.forEach((partition, own) -> {
            OptionalLong offset = own.progress().due();
            offset.ifPresent(low -> due.put(partition, new OffsetAndMetadata(low)));
        });
        return due;
    }

    /** Notes what was committed. */
    public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Held own = held.get(partition);
            if (own != null) {
                own.progress().committed(offset.offset());
            }
        });
    }

    private Held heldNow(TopicPartition partition) {
        Held own = held.get(partition);
        if (own == null) {
            throw new IllegalStateException("a record was read from " + partition + ", which is not assigned");
        }
        return own;
    }
}
