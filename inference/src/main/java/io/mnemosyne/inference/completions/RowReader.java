package io.mnemosyne.inference.completions;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads rows of {@code completions} where it is told to.
 *
 * <p>Threading notes: any thread may call any method. The Kafka consumer is used under one lock, by one thread at a time.
 */
final class RowReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_POLLS = 25;

    private final ReentrantLock lock = new ReentrantLock();
    private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
    private final String topic;
    private volatile boolean closed;

    RowReader(org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    /**
     * Hands out a partition from its start to its present end, as long as it is wanted.
     *
     * @return false if it was not read to its end
     * @throws KafkaException if the broker does not answer
     */
    boolean readToEnd(int partition, BooleanSupplier wanted, Consumer<ConsumerRecord<String, byte[]>> sink)
            throws InterruptedException {
        TopicPartition source = new TopicPartition(topic, partition);
        lock.lockInterruptibly();
        try {
            if (closed) {
                return false;
            }
            consumer.assign(List.of(source));
            consumer.seekToBeginning(List.of(source));
            long end = consumer.endOffsets(List.of(source)).getOrDefault(source, 0L);
            while (consumer.position(source) < end) {
                if (closed || !wanted.getAsBoolean()) {
                    return false;
                }
                consumer.poll(POLL).forEach(sink);
            }
            return true;
        } catch (InterruptException e) {
            throw stopped(e);
        } finally {
            lock.unlock();
        }
    }

    /** The row of a key at an offset, unless it is gone. */
    Optional<ConsumerRecord<String, byte[]>> read(int partition, long offset, String key)
            throws InterruptedException {
        TopicPartition source = new TopicPartition(topic, partition);
        lock.lockInterruptibly();
        try {
            if (closed) {
                return Optional.empty();
            }
            consumer.assign(List.of(source));
            consumer.seek(source, offset);
            for (int i = 0; i < FETCH_POLLS; i++) {
                for (ConsumerRecord<String, byte[]> row : consumer.poll(POLL)) {
                    return row.offset() == offset && row.key().equals(key) ? Optional.of(row) : Optional.empty();
                }
            }
            return Optional.empty();
        } catch (InterruptException e) {
            throw stopped(e);
        } finally {
            lock.unlock();
        }
    }

    private static InterruptedException stopped(InterruptException cause) {
        InterruptedException stopped = new InterruptedException("stopped while recorded calls were read");
        stopped.initCause(cause);
        return stopped;
    }

    /** Waits for whoever reads. */
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
}
