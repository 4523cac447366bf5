package io.mnemosyne.schemas.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Deletes what nobody needs any more from the purged topics of the catalogue: all that the stage which reads them has
 * committed, and nothing else. Committed means that what was made of a record is durable, for a stage commits in the
 * transaction that writes it. Several may run at once.
 */
public final class TopicPurge implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final Admin admin;
    private final TopicNames names;
    private final PurgedFiles files;

    /**
     * A purge through clients of the caller's.
     *
     * @param admin is closed with it
     * @param producers of transactions, each closed after use
     */
    public TopicPurge(Admin admin, Supplier<Producer<byte[], byte[]>> producers, TopicNames names) {
        this.admin = admin;
        this.names = names;
        this.files = new PurgedFiles(admin, names, producers);
    }

    /**
     * A purge with clients of its own.
     *
     * @param connection settings of every client: where the brokers are, how to log in
     */
    public static TopicPurge connect(Map<String, Object> connection, TopicNames names) {
        return new TopicPurge(Admin.create(connection), () -> producer(connection, names), names);
    }

    /** The topics that are purged. */
    public static List<Topic> topics() {
        return Topics.all().stream().filter(Topic::purged).toList();
    }

    /**
     * What a round did.
     *
     * @param purged how many places in each topic were emptied: records, and the marks that end transactions
     * @param failure the first one; the next round makes up for it
     */
    public record Round(Map<String, Long> purged, Optional<KafkaException> failure) {
        public Round {
            purged = Map.copyOf(purged);
        }
    }

    /**
     * Purges every topic once, also where a partition cannot be purged, and lets the files go to which nothing is written
     * any more.
     *
     * @param nanos by a clock that only runs forward, such as {@link System#nanoTime}
     */
    public Round round(long nanos) {
        Map<String, Long> purged = new TreeMap<>();
        List<KafkaException> failures = new ArrayList<>();
        for (Topic topic : topics()) {
            attempt(() -> purge(topic, places -> purged.merge(topic.name(), places, Long::sum), failures), failures);
        }
        attempt(() -> files.round(nanos), failures);
        return new Round(purged, failures.stream().findFirst());
    }

    private void purge(Topic topic, LongConsumer emptied, List<KafkaException> failures) {
        Map<TopicPartition, Long> committed = committed(topic);
        Map<TopicPartition, Long> starts = starts(committed);
        Map<TopicPartition, RecordsToDelete> read = new HashMap<>();
        committed.forEach((partition, next) -> {
            if (starts.getOrDefault(partition, next) < next) {
                read.put(partition, RecordsToDelete.beforeOffset(next));
            }
        });
        admin.deleteRecords(read).lowWatermarks().forEach((partition, deleted) -> attempt(
                () -> emptied.accept(get(deleted).lowWatermark() - starts.getOrDefault(partition, 0L)), failures));
    }

    private static void attempt(Runnable step, List<KafkaException> failures) {
        try {
            step.run();
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            failures.add(e);
        }
    }

    /** Where the topic's reader goes on, as far as it has begun. A partition without an offset may be listed as null. */
    private Map<TopicPartition, Long> committed(Topic topic) {
        String group = names.applicationId(topic.readers().getFirst());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> Optional.ofNullable(offset)
                        .filter(_ -> partition.topic().equals(names.of(topic)))
                        .ifPresent(found -> offsets.put(partition, found.offset())));
        return offsets;
    }

    private Map<TopicPartition, Long> starts(Map<TopicPartition, Long> partitions) {
        Map<TopicPartition, OffsetSpec> asked = partitions.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.earliest()));
        Map<TopicPartition, Long> starts = new HashMap<>();
        get(admin.listOffsets(asked).all()).forEach((partition, found) -> starts.put(partition, found.offset()));
        return starts;
    }

    @Override
    public void close() {
        admin.close(CLOSE_LIMIT);
    }

    /** Another process that purges the same topics takes the transaction over; then this one tries again. */
    private static Producer<byte[], byte[]> producer(Map<String, Object> connection, TopicNames names) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, names.applicationId("janitor"));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new KafkaException("the broker did not let read records be deleted: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e); // also tells the thread
        }
    }
}
