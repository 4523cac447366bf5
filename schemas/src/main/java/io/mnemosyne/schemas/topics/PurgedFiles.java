package io.mnemosyne.schemas.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Lets the bytes of deleted records leave the disk where nothing is written any more. A broker removes whole files and
 * never the one that it writes to, and begins another only when a record comes. So a partition of a purged topic in which
 * everything is deleted, and which has been silent for as long as a file may be open, gets a record: an empty one in a
 * transaction that is aborted, which no reader of the raw topics ever sees.
 */
final class PurgedFiles {
    /** A record and the mark that ends its transaction, which may come a little later. */
    private static final int WRITTEN = 2;

    private final Admin admin;
    private final TopicNames names;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Map<TopicPartition, Seen> seen = new HashMap<>();

    /** @param producers of transactions, each closed after use */
    PurgedFiles(Admin admin, TopicNames names, Supplier<Producer<byte[], byte[]>> producers) {
        this.admin = admin;
        this.names = names;
        this.producers = producers;
    }

    /**
     * What is known of a partition.
     *
     * @param end after its newest record
     * @param nanos when that was first seen, by a clock that only runs forward
     * @param closed whether the file with everything before that is closed
     */
    private record Seen(long end, long nanos, boolean closed) {
    }

    /** @throws KafkaException if the broker does not answer or refuses; the next round makes up for it */
    void round(long nanos) {
        for (Topic topic : TopicPurge.topics()) {
            List<TopicPartition> silent = silent(topic, nanos);
            if (!silent.isEmpty()) {
                close(silent);
                silent.forEach(partition -> seen.computeIfPresent(partition,
                        (_, before) -> new Seen(before.end() + WRITTEN, nanos, true)));
            }
        }
    }

    /** Also those of which it is not known, after a start, whether their file is closed. */
    private List<TopicPartition> silent(Topic topic, long nanos) {
        List<TopicPartition> all = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(names.of(topic), partition)).toList();
        Map<TopicPartition, Long> starts = ends(all, OffsetSpec.earliest());
        Map<TopicPartition, Long> silent = new HashMap<>();
        ends(all, OffsetSpec.latest()).forEach((partition, end) -> {
            Seen before = seen.get(partition);
            if (before == null || end > before.end()) {
                seen.put(partition, new Seen(end, nanos, end == 0));
            } else if (!before.closed() && end.equals(starts.get(partition))) {
                silent.put(partition, nanos - before.nanos());
            }
        });
        if (silent.isEmpty()) {
            return List.of();
        }
        long open = longestOpen(topic).toNanos();
        return silent.entrySet().stream().filter(since -> since.getValue() > open).map(Map.Entry::getKey).toList();
    }

    private Duration longestOpen(Topic topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, names.of(topic));
        return TopicPurge.get(admin.describeConfigs(List.of(resource)).all()).values().stream()
                .flatMap(config -> config.entries().stream())
                .filter(entry -> entry.name().equals(TopicConfig.SEGMENT_MS_CONFIG))
                .map(entry -> Duration.ofMillis(Long.parseLong(entry.value()))).findFirst()
                .orElse(Topic.PURGED_SEGMENT);
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions, OffsetSpec which) {
        return TopicPurge.get(admin.listOffsets(partitions.stream()
                .collect(Collectors.toMap(Function.identity(), _ -> which))).all()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, found -> found.getValue().offset()));
    }

    private void close(List<TopicPartition> partitions) {
        try (Producer<byte[], byte[]> producer = producers.get()) {
            producer.initTransactions();
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = partitions.stream().map(partition -> producer.send(
                    new ProducerRecord<>(partition.topic(), partition.partition(), new byte[0], new byte[0]))).toList();
            producer.flush();
            sent.forEach(PurgedFiles::requireWritten);
            producer.abortTransaction();
        }
    }

    private static void requireWritten(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("a file of a purged topic could not be closed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e); // also tells the thread
        }
    }
}
