package io.mnemosyne.trace.send;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.schemas.groups.Assignments;
import io.mnemosyne.schemas.serde.SchemaLookupException;

/**
 * Reads spans, has them shipped, and commits what is done.
 *
 * <p>Threading notes:
 * <ul>
 * <li>The polling thread owns the consumer, the {@link Backlog} and the {@link Assignments}.
 * <li>Requests are shipped by the {@link Crew}, whose threads hand finished records back through a concurrent queue.
 * <li>A partition that goes away takes with it what was not begun. Requests on their way go on; their spans may be sent
 * again by the next owner, with the same bytes.
 * <li>A shipping thread that fails by an error of ours ends the loop: what it had is read again after a restart.
 * </ul>
 */
final class SendLoop {
    private static final Logger LOGGER = LoggerFactory.getLogger(SendLoop.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration COMMIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Intake intake;
    private final Preparation preparation;
    private final Backlog backlog;
    private final Crew crew;
    private final Gate gate;
    private final SendLimits limits;
    private final Tally tally;
    private final Queue<Parcel> arrived;
    private final Assignments assignments = new Assignments();
    private volatile boolean stopping;

    /** @param arrived where the crew puts the records that are done */
    SendLoop(Consumer<byte[], byte[]> consumer, Intake intake, Preparation preparation, Backlog backlog,
            Crew crew, Gate gate, SendLimits limits, Tally tally, Queue<Parcel> arrived) {
        this.consumer = consumer;
        this.intake = intake;
        this.preparation = preparation;
        this.backlog = backlog;
        this.crew = crew;
        this.gate = gate;
        this.limits = limits;
        this.tally = tally;
        this.arrived = arrived;
    }

    static Queue<Parcel> queue() {
        return new ConcurrentLinkedQueue<>();
    }

    void stop() {
        stopping = true;
    }

    /** Until it is stopped. */
    void run(String topic) {
        consumer.subscribe(List.of(topic), new Rebalance());
        try {
            while (!stopping) {
                turn();
            }
        } finally {
            shutDown();
        }
    }

    private void turn() {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                take(partition, records.records(partition));
            }
            startWork();
            settle();
            commit();
            holdBack();
        } catch (KafkaException e) {
            LOGGER.atWarn().addKeyValue("error", e.getClass().getName()).setCause(e)
                    .log("Kafka did not answer; the sender of traces goes on");
            pause();
        }
        crew.check();
    }

    private void take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> message : records) {
            try {
                take(intake.read(partition, message, assignments.epoch(partition)));
                assignments.read(partition, message.offset());
            } catch (SchemaLookupException _) {
                LOGGER.atWarn().addKeyValue("partition", partition).addKeyValue("offset", message.offset())
                        .log("The schema registry did not answer; the span is read again");
                consumer.seek(partition, message.offset());
                pause();
                return;
            }
        }
    }

    private void take(Intake.Read read) {
        switch (read) {
            case Intake.Read.Good(Source source, PlacedSpan span) -> gather(source, span);
            case Intake.Read.Bad(Source source, String reason) ->
                backlog.add(new Backlog.Work.Report(new Parcel(source, 1), reason));
        }
    }

    private void gather(Source source, PlacedSpan span) {
        List<Piece> pieces;
        try {
            pieces = preparation.pieces(source, span);
        } catch (RuntimeException e) {
            // Whatever is wrong with it: one span must not hold up all others for ever.
            LOGGER.atError().addKeyValue("partition", source.partition()).addKeyValue("offset", source.offset())
                    .setCause(e).log("A span cannot be made ready to be sent");
            backlog.add(new Backlog.Work.Report(new Parcel(source, 1), "cannot be made ready to be sent"));
            return;
        }
        backlog.add(pieces, System.nanoTime());
    }

    private void startWork() {
        for (Optional<Backlog.Work> work = next(); work.isPresent(); work = next()) {
            crew.start(work.get());
        }
    }

    private Optional<Backlog.Work> next() {
        return crew.hasRoom() ? backlog.next(System.nanoTime()) : Optional.empty();
    }

    private void settle() {
        for (Parcel parcel = arrived.poll(); parcel != null; parcel = arrived.poll()) {
            Source source = parcel.source();
            assignments.done(source.partition(), source.offset(), source.epoch());
            backlog.done(parcel);
        }
        tally.waiting(backlog.bytes());
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> due = assignments.due();
        if (!due.isEmpty()) {
            consumer.commitSync(due, COMMIT);
            assignments.committed(due);
        }
    }

    /** Stops fetching while the backend takes nothing or enough waits; polling goes on, so that the group stays. */
    private void holdBack() {
        if (backlog.bytes() >= limits.readAheadBytes() || gate.state() != SenderStats.State.OPEN) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
    }

    private void shutDown() {
        try {
            crew.end();
            settle();
            commit();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            LOGGER.atWarn().addKeyValue("error", e.getClass().getName())
                    .log("The last commit failed; some spans will be sent again, with the same bytes");
        }
        consumer.close();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assignments.assigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            settle();
            try {
                commit();
            } catch (KafkaException e) {
                LOGGER.atWarn().addKeyValue("error", e.getClass().getName())
                        .log("The commit before a rebalance failed; some spans will be sent again");
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            assignments.revoked(partitions);
            backlog.forget(Set.copyOf(partitions));
        }
    }
}
