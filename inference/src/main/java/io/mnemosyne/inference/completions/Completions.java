package io.mnemosyne.inference.completions;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.Completion;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * The recorded model calls of the partitions that a worker holds. Memory keeps only where each record stands, not what
 * it says, and of those the newest so many; the response is read from the broker when a request is repeated, which is
 * rare. A call that was forgotten is paid for again, never answered wrongly.
 *
 * <p>Threading notes: any thread may call any method. The consumer is used under one lock, by one thread at a time. A
 * partition is restored on a virtual thread of its own; {@link #find} waits for it, but not for ever: paying twice is
 * better than not answering.
 */
public final class Completions implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Completions.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FETCH_POLLS = 25;

    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final Serde<Completion> serde;
    private final String topic;
    private final Positions positions;
    private final Map<Integer, CompletableFuture<Void>> restored = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param consumer without a group, closed with this
     * @param producer that waits for all replicas; not closed with this
     * @param remembered positions kept at most
     */
    public Completions(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, TopicSerdes serdes,
            TopicNames names, int remembered) {
        this.consumer = consumer;
        this.producer = producer;
        serde = serdes.completions();
        topic = names.of(Topics.COMPLETIONS);
        positions = new Positions(remembered);
    }

    /** Begins to read a partition from its start, unless it was read already. Returns at once. */
    public void restore(int partition) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (restored.putIfAbsent(partition, done) == null) {
            Thread.ofVirtual().name("restore-completions-" + partition).start(() -> read(partition, done));
        }
    }

    /** Forgets what was read of all other partitions. */
    public void keepOnly(Set<Integer> partitions) {
        restored.keySet().retainAll(partitions);
        positions.keepOnly(partitions);
    }

    /** The newest recorded call of a thread with this request hash. */
    public Optional<Completion> find(ThreadKey thread, String requestHash) throws InterruptedException {
        String key = thread.row(requestHash);
        awaitRestored(partitionOf(key));
        Optional<Long> position = positions.of(key);
        return position.isEmpty() ? Optional.empty() : fetch(key, position.get());
    }

    /** Records a call; returns once the broker has it. A call that cannot be recorded is logged, and stands. */
    public void record(Completion completion) throws InterruptedException {
        String key = completion.thread().row(completion.requestHash());
        try {
            byte[] value = serde.serializer().serialize(topic, completion);
            long offset = producer.send(new ProducerRecord<>(topic, key, value)).get().offset();
            positions.put(key, offset);
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOGGER.atWarn().addKeyValue("thread", completion.thread()).addKeyValue("error", cause.getClass().getName())
                    .log("A call could not be recorded; if its request is repeated, it is made again");
        }
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            consumer.close();
        } finally {
            lock.unlock();
        }
    }

    private void read(int partition, CompletableFuture<Void> done) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            TopicPartition source = new TopicPartition(topic, partition);
            consumer.assign(List.of(source));
            consumer.seekToBeginning(List.of(source));
            long end = consumer.endOffsets(List.of(source)).getOrDefault(source, 0L);
            while (!closed && restored.containsKey(partition) && consumer.position(source) < end) {
                consumer.poll(POLL).forEach(this::note);
            }
            LOGGER.atInfo().addKeyValue("partition", partition).addKeyValue("offset", end)
                    .log("Recorded calls are restored");
        } catch (KafkaException e) {
            restored.remove(partition, done);
            LOGGER.atWarn().addKeyValue("partition", partition).addKeyValue("error", e.getClass().getName())
                    .log("Recorded calls could not be restored; repeated requests will be paid for again");
        } finally {
            lock.unlock();
            done.complete(null);
        }
    }

    @SuppressWarnings("NullAway") // Kafka hands out null for a tombstone
    private void note(ConsumerRecord<String, byte[]> row) {
        if (row.value() == null) {
            positions.remove(row.key());
        } else {
            positions.put(row.key(), row.offset());
        }
    }

    private Optional<Completion> fetch(String key, long offset) {
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            TopicPartition source = new TopicPartition(topic, partitionOf(key));
            consumer.assign(List.of(source));
            consumer.seek(source, offset);
            for (int i = 0; i < FETCH_POLLS; i++) {
                for (ConsumerRecord<String, byte[]> row : consumer.poll(POLL)) {
                    boolean found = row.offset() == offset && row.key().equals(key);
                    return found ? Optional.of(serde.deserializer().deserialize(topic, row.value())) : Optional.empty();
                }
            }
            return Optional.empty();
        } catch (KafkaException e) {
            LOGGER.atWarn().addKeyValue("offset", offset).addKeyValue("error", e.getClass().getName())
                    .log("A recorded call could not be read; it is made again");
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void awaitRestored(int partition) throws InterruptedException {
        try {
            CompletableFuture<Void> done = restored.get(partition);
            if (done != null) {
                done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            LOGGER.atWarn().addKeyValue("partition", partition)
                    .log("Recorded calls are still being restored; a request goes on without them");
        } catch (ExecutionException e) {
            throw new IllegalStateException("restoring never completes exceptionally", e);
        }
    }

    private static int partitionOf(String key) {
        return ThreadPartitioner.partitionOf(key, Topics.PARTITIONS);
    }

    /** Where the newest record of a key stands; the keys written longest ago go first. Thread-safe. */
    private static final class Positions {
        private final Map<String, Long> offsets;

        Positions(int most) {
            offsets = new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > most;
                }
            };
        }

        synchronized void put(String key, long offset) {
            offsets.remove(key);
            offsets.put(key, offset);
        }

        synchronized void remove(String key) {
            offsets.remove(key);
        }

        synchronized Optional<Long> of(String key) {
            return Optional.ofNullable(offsets.get(key));
        }

        synchronized void keepOnly(Set<Integer> partitions) {
            offsets.keySet().removeIf(key -> !partitions.contains(partitionOf(key)));
        }
    }
}
