package io.mnemosyne.index;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.DeadLetter;
import io.mnemosyne.index.IndexStats.Lag;

/**
 * Reads turns, objects, memory and vectors into the index. One batch is on its way while the next one is gathered; when that is
 * full as well, the partitions are paused, so that memory stays bounded however long the index is away. Offsets are
 * committed when every change of a batch is acknowledged by the index or reported as a dead letter.
 */
final class TextLoop implements Loop {
    private static final Logger LOG = LoggerFactory.getLogger(TextLoop.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final RecordReader reader;
    private final BulkWriter writer;
    private final DeadLetters deadLetters;
    private final IndexSettings settings;
    private final Executor writing;
    private final Tally tally;
    private final InstantSource clock;

    TextLoop(Supplier<Consumer<byte[], byte[]>> consumers, RecordReader reader, BulkWriter writer,
            DeadLetters deadLetters, IndexSettings settings, Executor writing, Tally tally, InstantSource clock) {
        this.consumers = consumers;
        this.reader = reader;
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.settings = settings;
        this.writing = writing;
        this.tally = tally;
        this.clock = clock;
    }

    @Override
    public void run(Backoff stop) {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            Assignment assignment = new Assignment(consumer);
            consumer.subscribe(reader.topics(), assignment);
            try {
                while (!stop.isStopped()) {
                    assignment.step();
                }
                assignment.finish();
            } finally {
                assignment.drop();
            }
        }
    }

    /** What is in hand between two rebalances. */
    private final class Assignment implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;
        private Batch gathering = new Batch();
        private Optional<Sent> sent = Optional.empty();

        Assignment(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        void step() {
            gather(consumer.poll(POLL));
            if (sent.filter(Sent::isSettled).isPresent()) {
                commit();
            }
            if (sent.isEmpty() && !gathering.isEmpty()) {
                sent = Optional.of(new Sent(gathering));
                gathering = new Batch();
            }
            if (gathering.isFull(settings)) {
                consumer.pause(consumer.assignment());
            } else {
                consumer.resume(consumer.paused());
            }
            tally.texts(lag());
        }

        private void gather(ConsumerRecords<byte[], byte[]> messages) {
            for (ConsumerRecord<byte[], byte[]> message : messages) {
                try {
                    gathering.add(message, reader.read(message));
                } catch (SerializationException e) {
                    LOG.atWarn().addKeyValue("position", reader.position(message)).setCause(e)
                            .log("a record cannot be read; reporting it as a dead letter");
                    gathering.add(message, deadLetters.on(message, 0, "the record cannot be read"));
                }
            }
            gathering.readTo(messages.nextOffsets());
        }

        private void commit() {
            sent.ifPresent(batch -> {
                batch.join();
                consumer.commitSync(batch.batch.offsets());
            });
            sent = Optional.empty();
        }

        /** Lets the batch that is on its way end, but not try again, and commits it if it got through. */
        void finish() {
            sent.ifPresent(Sent::stopTrying);
            try {
                commit();
            } catch (StoppedException e) {
                LOG.atInfo().log("the last batch did not get through; it will be read again");
            } finally {
                drop();
            }
        }

        /** What is dropped is read again from what is committed. */
        void drop() {
            sent.ifPresent(Sent::stopTrying);
            sent = Optional.empty();
            gathering = new Batch();
        }

        private Lag lag() {
            long unread = consumer.assignment().stream().mapToLong(partition -> consumer.currentLag(partition)
                    .orElse(0)).sum();
            long inHand = gathering.records() + sent.map(batch -> batch.batch.records()).orElse(0L);
            long oldest = Math.min(gathering.oldest(), sent.map(batch -> batch.batch.oldest()).orElse(Long.MAX_VALUE));
            return new Lag(unread + inHand, inHand == 0 ? 0 : Math.max(0, clock.millis() - oldest));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            finish();
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            drop();
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.atInfo().addKeyValue("partitions", partitions.size()).log("indexing");
        }
    }

    /** A batch on its way into the index. */
    private final class Sent {
        private final Batch batch;
        private final Backoff patience = new Backoff();
        private final CompletableFuture<Void> settled;

        Sent(Batch batch) {
            this.batch = batch;
            this.settled = CompletableFuture.runAsync(this::settle, writing);
        }

        private void settle() {
            List<BulkWriter.GivenUp> refused = writer.write(batch.entries(), patience);
            List<DeadLetter> letters = new ArrayList<>(batch.unreadable());
            refused.forEach(item -> letters.add(deadLetters.on(item.entry().source(), item.status(), item.reason())));
            deadLetters.send(letters);
        }

        boolean isSettled() {
            return settled.isDone();
        }

        void stopTrying() {
            patience.stop();
        }

        /** Waits until it is settled; throws what the writing threw. */
        void join() {
            try {
                settled.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("a batch could not be written", e.getCause());
            }
        }
    }
}
