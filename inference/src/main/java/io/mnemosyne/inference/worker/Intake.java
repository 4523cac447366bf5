package io.mnemosyne.inference.worker;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.inference.Counts;
import io.mnemosyne.schemas.groups.Assignments;
import io.mnemosyne.schemas.mapping.UnknownKindException;
import io.mnemosyne.schemas.serde.SchemaLookupException;

/** Makes jobs of records; what cannot be read is left out. Used by the polling thread of a {@link Worker} only. */
final class Intake {
    private static final Logger LOGGER = LoggerFactory.getLogger(Intake.class);

    private final Map<String, Stage<?, ?>> stages;
    private final Consumer<String, byte[]> consumer;
    private final Assignments assignments;
    private final Dispatcher dispatcher;
    private final Counts counts;
    private long arrivals;

    /** @param stages by the topics of their requests */
    Intake(Map<String, Stage<?, ?>> stages, Consumer<String, byte[]> consumer, Assignments assignments,
            Dispatcher dispatcher, Counts counts) {
        this.stages = stages;
        this.consumer = consumer;
        this.assignments = assignments;
        this.dispatcher = dispatcher;
        this.counts = counts;
    }

    /**
     * Submits the requests of a partition, in their order.
     *
     * @return false if the registry did not answer; what was not taken is read again
     */
    boolean take(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> request : records) {
            try {
                Work work = stageOf(request).read(request);
                long epoch = assignments.read(partition, request.offset());
                dispatcher.submit(new Job(work, partition, request.offset(), epoch, request.value().length,
                        arrivals++));
            } catch (SchemaLookupException e) {
                counts.raise("registry.failed");
                LOGGER.atWarn().addKeyValue("partition", partition).addKeyValue("offset", request.offset())
                        .log("The schema registry did not answer; the request is read again");
                consumer.seek(partition, request.offset());
                return false;
            } catch (UnknownKindException e) {
                leaveOut(partition, request, "request.unknown-kind", e,
                        "A request is of a kind that this version does not know; it is left out; update this worker");
            } catch (SerializationException e) {
                leaveOut(partition, request, "request.unreadable", e, "A request cannot be read; it is left out");
            }
        }
        return true;
    }

    private void leaveOut(TopicPartition partition, ConsumerRecord<String, byte[]> request, String counter,
            SerializationException cause, String message) {
        counts.raise(counter);
        LOGGER.atError().addKeyValue("partition", partition).addKeyValue("offset", request.offset())
                .addKeyValue("error", cause.getClass().getName()).log(message);
        long epoch = assignments.read(partition, request.offset());
        assignments.done(partition, request.offset(), epoch);
    }

    private Stage<?, ?> stageOf(ConsumerRecord<String, byte[]> request) {
        Stage<?, ?> stage = stages.get(request.topic());
        if (stage == null) {
            throw new IllegalStateException(
                    "a record came from topic " + request.topic() + ", which was not asked for");
        }
        return stage;
    }
}
