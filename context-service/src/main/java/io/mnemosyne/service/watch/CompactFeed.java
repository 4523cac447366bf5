package io.mnemosyne.service.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * Reads {@code turns} in a thread of its own and passes compactions on to a hub. It belongs to no group, so that every
 * instance can tell of every thread; a failure starts it over from where it was.
 */
public final class CompactFeed implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(CompactFeed.class);
    /** What is older is not read at the start. */
    private static final Duration HISTORY = Duration.ofHours(1);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final CompactRecords records;
    private final CompactHub hub;
    private final List<TopicPartition> partitions;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().name("compact-feed").daemon().unstarted(this::run);

    /**
     * A feed that is not started.
     *
     * @param connection settings of every Kafka client
     */
    public CompactFeed(Map<String, ?> connection, TopicNames names, TopicSerdes serdes, CompactHub hub) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumers = () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        this.records = new CompactRecords(serdes);
        this.hub = hub;
        this.partitions = IntStream.range(0, Topics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(names.of(Topics.TURNS), partition)).toList();
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                read(consumer);
            } catch (RuntimeException e) {
                LOGGER.atWarn().setCause(e).log("cannot read turns; subscribers wait");
                pause();
            }
        }
    }

    private void read(Consumer<String, byte[]> consumer) {
        consumer.assign(partitions);
        if (next.isEmpty()) {
            begin(consumer);
        }
        next.forEach(consumer::seek);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (stopped.getCount() > 0) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                records.of(record).ifPresentOrElse(hub::publish,
                        () -> hub.reached(record.partition(), record.offset()));
            }
            partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
            if (ends.entrySet().stream().allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
                hub.open();
            }
        }
    }

    private void begin(Consumer<String, byte[]> consumer) {
        long since = Instant.now().minus(HISTORY).toEpochMilli();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        var found = consumer
                .offsetsForTimes(partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> since)));
        for (TopicPartition partition : partitions) {
            var first = found.get(partition);
            long offset = first == null ? ends.getOrDefault(partition, 0L) : first.offset();
            next.put(partition, offset);
            hub.beginAfter(partition.partition(), offset - 1);
        }
    }

    private void pause() {
        try {
            stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
