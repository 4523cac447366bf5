package io.mnemosyne.trace.send;

import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.Position;
import io.mnemosyne.core.trace.RefusedSpan;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** Reports spans that a backend could not take. Thread-safe. */
final class DeadLetters {
    private static final Logger LOGGER = LoggerFactory.getLogger(DeadLetters.class);

    private final String backend;
    private final Producer<String, byte[]> producer;
    private final Serializer<RefusedSpan> serializer;
    private final String topic;
    private final Backoff backoff;

    DeadLetters(TraceBackend backend, Producer<String, byte[]> producer, TopicSerdes serdes, TopicNames names) {
        this.backend = backend.name();
        this.producer = producer;
        this.serializer = serdes.traceDeadLetters().serializer();
        this.topic = names.of(Topics.TRACE_DEAD_LETTERS);
        this.backoff = new Backoff(backend.limits().longestWait());
    }

    /**
     * Comes back when the letter is acknowledged, however often that has to be tried.
     *
     * @param spanId as far as it could be read, else empty
     * @param status of the refusal; 0 if it was never sent
     */
    void send(Source source, String spanId, int status, String reason) throws InterruptedException {
        RefusedSpan letter = new RefusedSpan(source.key(), spanId,
                new Position(Topics.SPANS_FINISHED.name(), source.partition().partition(), source.offset()), backend,
                status, reason, source.sha256(), source.bytes());
        LOGGER.atWarn().addKeyValue("backend", backend).addKeyValue("partition", source.partition().partition())
                .addKeyValue("offset", source.offset()).addKeyValue("status", status).addKeyValue("reason", reason)
                .log("A span is given up and reported");
        for (int attempt = 1; !isAcknowledged(letter); attempt++) {
            Thread.sleep(backoff.after(attempt));
        }
    }

    private boolean isAcknowledged(RefusedSpan letter) throws InterruptedException {
        try {
            producer.send(new ProducerRecord<>(topic, letter.key(), serializer.serialize(topic, letter))).get();
            return true;
        } catch (ExecutionException | KafkaException e) {
            LOGGER.atWarn().addKeyValue("backend", backend).addKeyValue("error", e.getClass().getName())
                    .log("A report on a span was not acknowledged; it is sent again");
            return false;
        }
    }
}
