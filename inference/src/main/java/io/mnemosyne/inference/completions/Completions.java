package io.mnemosyne.inference.completions;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.Completion;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.schemas.serde.SchemaLookupException;
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
 * better than not answering. Calls are recorded side by side; forgetting a thread waits until they are written.
 */
public final class Completions implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Completions.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FETCH_POLLS = 25;
    private static final int MOST_FORGOTTEN = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final Serde<Completion> serde;
    private final String topic;
    private final NewestByKey<String> positions;
    /** The lowest incarnation of a deleted thread that may be recorded. Outlives every call under way by far. */
    private final NewestByKey<ThreadKey> forgotten = new NewestByKey<>(MOST_FORGOTTEN);
    /** Shared by those who record a call, from their look at {@link #forgotten} until the broker has it. */
    private final ReadWriteLock recording = new ReentrantReadWriteLock();
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
        positions = new NewestByKey<>(remembered);
    }

    /** Begins to read a partition from its start, unless it was read already. Returns at once. */
    public void restore(int partition) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (restored.putIfAbsent(partition, done) == null) {
            Thread.ofVirtual().name("restore-completions-" + partition).start(() -> read(partition, done));
        }
    }

    /** Forgets what was read of all other partitions, once what is being recorded is written. */
    public void keepOnly(Set<Integer> partitions) {
        recording.writeLock().lock();
        try {
            restored.keySet().retainAll(partitions);
            positions.removeIf(key -> !partitions.contains(partitionOf(key)));
            forgotten.removeIf(thread -> !partitions.contains(partitionOf(thread.toString())));
        } finally {
            recording.writeLock().unlock();
        }
    }

    /** The newest recorded call of a thread with this request hash. */
    public Optional<Completion> find(ThreadKey thread, String requestHash) throws InterruptedException {
        String key = thread.row(requestHash);
        awaitRestored(partitionOf(key));
        OptionalLong position = positions.of(key);
        return position.isEmpty() ? Optional.empty() : fetch(key, position.getAsLong());
    }

    /**
     * Records a call; returns once the broker has it. A call that cannot be recorded is logged, and stands. A call of a
     * forgotten thread is not recorded.
     *
     * @param ours whether this worker may still record it: another one may have forgotten its thread since
     */
    public void record(Completion completion, BooleanSupplier ours) throws InterruptedException {
        recording.readLock().lockInterruptibly();
        try {
            if (!isForgotten(completion.thread(), completion.incarnation()) && ours.getAsBoolean()) {
                write(completion);
            }
        } finally {
            recording.readLock().unlock();
        }
    }

    /** Whether {@link #forget} was told that an incarnation of a thread is gone. */
    public boolean isForgotten(ThreadKey thread, long incarnation) {
        return incarnation < forgotten.of(thread).orElse(0);
    }

    /**
     * Puts a tombstone on every recorded call of the thread's incarnations before this one, and lets no other be recorded;
     * returns once the broker has them. Reads the whole partition, because memory holds only the newest positions. Doing
     * it twice changes nothing.
     *
     * @throws KafkaException if rows cannot be read or written; some may have their tombstone
     * @throws InterruptedException also if this is closed meanwhile
     */
    public void forget(ThreadKey thread, long incarnation) throws InterruptedException {
        recording.writeLock().lock();
        try {
            forgotten.put(thread, incarnation);
        } finally {
            recording.writeLock().unlock();
        }
        // From here on the broker has all calls of older incarnations that it will ever get from this worker.
        Set<String> keys = recordedBefore(thread, incarnation);
        List<Future<RecordMetadata>> tombstones = keys.stream()
                .map(key -> producer.send(new ProducerRecord<>(topic, key, null))).toList();
        try {
            for (Future<RecordMetadata> tombstone : tombstones) {
                tombstone.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("tombstones of " + thread + " could not be written to " + topic, e.getCause());
        }
        keys.forEach(positions::remove);
        LOGGER.atInfo().addKeyValue("thread", thread).addKeyValue("calls", keys.size())
                .log("Recorded calls of a deleted thread are dropped");
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

    private void write(Completion completion) throws InterruptedException {
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

    private void read(int partition, CompletableFuture<Void> done) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            long end = readToEnd(partition, () -> restored.containsKey(partition), this::note);
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

    /** Hands out a partition from its start to its present end, as long as it is wanted. Needs the lock. */
    private long readToEnd(int partition, BooleanSupplier wanted,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> sink) {
        TopicPartition source = new TopicPartition(topic, partition);
        consumer.assign(List.of(source));
        consumer.seekToBeginning(List.of(source));
        long end = consumer.endOffsets(List.of(source)).getOrDefault(source, 0L);
        while (!closed && wanted.getAsBoolean() && consumer.position(source) < end) {
            consumer.poll(POLL).forEach(sink);
        }
        return end;
    }

    private Set<String> recordedBefore(ThreadKey thread, long incarnation) throws InterruptedException {
        Set<String> keys = new LinkedHashSet<>();
        lock.lockInterruptibly();
        try {
            if (!closed) {
                readToEnd(partitionOf(thread.toString()), () -> true, row -> {
                    if (ThreadKey.ofKey(row.key()).equals(thread)) {
                        keys.remove(row.key());
                        if (isBefore(incarnation, row)) {
                            keys.add(row.key());
                        }
                    }
                });
            }
        } catch (InterruptException e) {
            throw stopped();
        } finally {
            lock.unlock();
        }
        if (closed) {
            throw stopped();
        }
        return keys;
    }

    /** Whether a row is to go. One that cannot be read is of use to nobody, and may be what was to be deleted. */
    @SuppressWarnings("NullAway") // Kafka hands out null for a tombstone
    private boolean isBefore(long incarnation, ConsumerRecord<String, byte[]> row) {
        if (row.value() == null) {
            return false;
        }
        try {
            return serde.deserializer().deserialize(topic, row.value()).incarnation() < incarnation;
        } catch (SchemaLookupException e) {
            throw e;
        } catch (SerializationException e) {
            return true;
        }
    }

    private static InterruptedException stopped() {
        return new InterruptedException("stopped before all recorded calls of a deleted thread were found");
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
}
