package io.mnemosyne.inference.completions;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.Begun;
import io.mnemosyne.core.Completion;
import io.mnemosyne.core.CompletionRow;
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
 * <p>A call is noted when it begins and again when it is answered, under the same key. So a call whose answer was lost
 * is known as such, and a thread's deletion finds both.
 *
 * <p>Threading notes: any thread may call any method. {@link #find} waits for a partition that is being
 * restored, but not for ever: paying twice is better than not answering. Calls are recorded side by side; forgetting a
 * thread waits until they are written.
 */
public final class Completions implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Completions.class);
    private static final int MOST_FORGOTTEN = 100_000;
    private static final String NOT_WITHDRAWN = "It could not be taken back that a failed call began; its retry will count as a repetition";

    private final RowReader reader;
    private final Producer<String, byte[]> producer;
    private final Serde<CompletionRow> serde;
    private final String topic;
    private final Bookings bookings;
    private final NewestByKey<String> positions;
    /** The lowest incarnation of a deleted thread that may be recorded. Outlives every call under way by far. */
    private final NewestByKey<ThreadKey> forgotten = new NewestByKey<>(MOST_FORGOTTEN);
    /** Shared by those who record a call, from their look at {@link #forgotten} until the broker has it. */
    private final ReadWriteLock recording = new ReentrantReadWriteLock();
    private final RestoredPartitions restored;

    /**
     * @param consumer without a group, closed with this
     * @param producer that waits for all replicas; not closed with this
     * @param remembered positions kept at most
     * @param ledger is told what today's calls took, as far as others made them
     */
    public Completions(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, TopicSerdes serdes,
            TopicNames names, int remembered, Ledger ledger, InstantSource clock) {
        this.producer = producer;
        serde = serdes.completions();
        topic = names.of(Topics.COMPLETIONS);
        reader = new RowReader(consumer, topic);
        restored = new RestoredPartitions(reader, this::restore);
        bookings = new Bookings(ledger, clock);
        positions = new NewestByKey<>(remembered);
    }

    /** Begins to read a partition from its start, unless it was read already. Returns at once. */
    public void restore(int partition) {
        restored.begin(partition);
    }

    /** Forgets what was read of all other partitions, once what is being recorded is written. */
    public void keepOnly(Set<Integer> partitions) {
        recording.writeLock().lock();
        try {
            restored.keepOnly(partitions);
            positions.removeIf(key -> !partitions.contains(partitionOf(key)));
            forgotten.removeIf(thread -> !partitions.contains(partitionOf(thread.toString())));
        } finally {
            recording.writeLock().unlock();
        }
    }

    /** What is known of the newest call of a thread with this request hash, after at most 30 s. */
    public Optional<CompletionRow> find(ThreadKey thread, String requestHash) throws InterruptedException {
        String key = thread.row(requestHash);
        restored.await(partitionOf(key));
        OptionalLong position = positions.of(key);
        return position.isEmpty() ? Optional.empty() : fetch(key, position.getAsLong());
    }

    /** Whether {@link #find} sees all that was recorded of a thread; not so while its partition is being read. */
    public boolean isRestored(ThreadKey thread) {
        return restored.has(partitionOf(thread.toString()));
    }

    /**
     * Notes that a call begins. A call of a forgotten thread is not noted.
     *
     * @param ours as for {@link #record}
     * @param patience how long to wait for the broker
     * @return false if it has not answered by then; it may still get the note, but not after the call's completion
     */
    public boolean begin(Begun begun, BooleanSupplier ours, Duration patience) throws InterruptedException {
        recording.readLock().lockInterruptibly();
        try {
            if (mayWrite(begun, ours)) {
                note(begun, send(begun).get(patience.toMillis(), TimeUnit.MILLISECONDS));
            }
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            warn(begun, e, "The broker has not noted that a call begins; should its answer be lost, nobody will know");
            return false;
        } finally {
            recording.readLock().unlock();
        }
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
            if (mayWrite(completion, ours)) {
                RecordMetadata written = send(completion).get();
                note(completion, written);
                bookings.wrote(partitionOf(keyOf(completion)), written.offset());
            }
        } catch (ExecutionException | KafkaException e) {
            warn(completion, e, "A call could not be recorded; if its request is repeated, it is made again");
        } finally {
            recording.readLock().unlock();
        }
    }

    /**
     * Takes back that a call began, since it failed and its end is known. Does not wait for the broker.
     *
     * @param ours as for {@link #record}
     */
    public void withdraw(Begun begun, BooleanSupplier ours) throws InterruptedException {
        recording.readLock().lockInterruptibly();
        try {
            if (mayWrite(begun, ours)) {
                positions.remove(keyOf(begun));
                Future<RecordMetadata> _ = producer.send(new ProducerRecord<>(topic, keyOf(begun), null),
                        (_, error) -> Optional.ofNullable(error).ifPresent(e -> warn(begun, e, NOT_WITHDRAWN)));
            }
        } catch (KafkaException e) {
            warn(begun, e, NOT_WITHDRAWN);
        } finally {
            recording.readLock().unlock();
        }
    }

    /** Whether {@link #forget} was told that an incarnation of a thread is gone. */
    public boolean isForgotten(ThreadKey thread, long incarnation) {
        return incarnation < forgotten.of(thread).orElse(0);
    }

    /**
     * Puts a tombstone on every row of the thread's incarnations before this one, and lets no other be recorded; returns
     * once the broker has them. Reads the whole partition, because memory holds only the newest positions. Doing it twice
     * changes nothing.
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
        Set<String> keys = OlderRows.of(thread, incarnation, reader, this::decode);
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
        reader.close();
    }

    /** Needs the lock of those who record. */
    private boolean mayWrite(CompletionRow row, BooleanSupplier ours) {
        return !isForgotten(row.thread(), row.incarnation()) && ours.getAsBoolean();
    }

    private Future<RecordMetadata> send(CompletionRow row) {
        return producer.send(new ProducerRecord<>(topic, keyOf(row), serde.serializer().serialize(topic, row)));
    }

    private void note(CompletionRow row, RecordMetadata written) {
        positions.put(keyOf(row), written.offset());
    }

    private static String keyOf(CompletionRow row) {
        return row.thread().row(row.requestHash());
    }

    private static void warn(CompletionRow row, Exception e, String message) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        LOGGER.atWarn().addKeyValue("thread", row.thread()).addKeyValue("error", cause.getClass().getName())
                .log(message);
    }

    @SuppressWarnings("NullAway") // Kafka hands out null for a tombstone
    private void restore(ConsumerRecord<String, byte[]> row) {
        if (row.value() == null) {
            positions.remove(row.key());
            return;
        }
        positions.put(row.key(), row.offset());
        try {
            bookings.read(row, this::decode);
        } catch (KafkaException e) {
            LOGGER.atWarn().addKeyValue("offset", row.offset()).addKeyValue("error", e.getClass().getName())
                    .log("A recorded call of today could not be read; what it took is missing in the budget");
        }
    }

    private Optional<CompletionRow> fetch(String key, long offset) throws InterruptedException {
        try {
            return reader.read(partitionOf(key), offset, key).map(row -> decode(row.value()));
        } catch (KafkaException e) {
            LOGGER.atWarn().addKeyValue("offset", offset).addKeyValue("error", e.getClass().getName())
                    .log("A recorded call could not be read; it is made again");
            return Optional.empty();
        }
    }

    private CompletionRow decode(byte[] value) {
        return serde.deserializer().deserialize(topic, value);
    }

    private static int partitionOf(String key) {
        return ThreadPartitioner.partitionOf(key, Topics.PARTITIONS);
    }
}
