package io.mnemosyne.bench.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * The topics between the observer and the workers of a deployment: asks in the observer's place, and follows what is asked
 * and answered. Used by one thread.
 */
final class WorkerTopics implements AutoCloseable {
    private static final TopicNames NAMES = TopicNames.plain();
    private static final Duration POLL = Duration.ofMillis(100);

    private final String requests = NAMES.of(Topics.OBSERVER_REQUESTS);
    private final String results = NAMES.of(Topics.OBSERVER_RESULTS);
    private final RegistrySchemaIds ids;
    private final TopicSerdes serdes;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Exchange> exchanges = new HashMap<>();
    /** Answers that were read before their requests, which stand in another topic. */
    private final Map<String, Exchange.Answer> early = new HashMap<>();
    private long repeatedAnswers;

    WorkerTopics(RunningStack stack) {
        ids = new RegistrySchemaIds(RegistrySettings.of(stack.registry()));
        serdes = new TopicSerdes(ids, NAMES);
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", stack.kafka(), "acks", "all", "partitioner.class",
                ThreadPartitioner.class.getName()), new StringSerializer(), new ByteArraySerializer());
        consumer = stack.reader(requests, results);
    }

    /**
     * Writes requests; returns once the broker has them.
     *
     * @throws IOException if it does not take one
     */
    void ask(List<ObservationRequest> asked) throws IOException, InterruptedException {
        List<Future<RecordMetadata>> sent = asked.stream()
                .map(request -> producer.send(new ProducerRecord<>(requests, request.thread().toString(),
                        serdes.observationRequests().serializer().serialize(requests,
                                new WorkerRequest.Ask<>(request)))))
                .toList();
        for (Future<RecordMetadata> row : sent) {
            try {
                row.get();
            } catch (ExecutionException e) {
                throw new IOException("a request could not be written", e.getCause());
            }
        }
    }

    /** Reads on for a moment. */
    void read() {
        for (ConsumerRecord<String, byte[]> row : consumer.poll(POLL)) {
            Instant at = Instant.ofEpochMilli(row.timestamp());
            if (row.topic().equals(requests)) {
                asked(serdes.observationRequests().deserializer().deserialize(requests, row.value()), at);
            } else {
                answered(serdes.observationResults().deserializer().deserialize(results, row.value()), at);
            }
        }
    }

    Collection<Exchange> exchanges() {
        return List.copyOf(exchanges.values());
    }

    /** Answers to requests that had one already; the observer drops them. */
    long repeatedAnswers() {
        return repeatedAnswers;
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        try {
            ids.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the client of the registry", e);
        }
    }

    private void asked(WorkerRequest<ObservationRequest> told, Instant at) {
        if (told instanceof WorkerRequest.Ask<ObservationRequest>(ObservationRequest request)) {
            exchanges.putIfAbsent(request.requestId(), new Exchange(request.thread(), request.urgent(), at,
                    Optional.ofNullable(early.remove(request.requestId()))));
        }
    }

    private void answered(ObservationResult result, Instant at) {
        if (result.requestId().isEmpty()) {
            return;
        }
        var answer = new Exchange.Answer(at, result.outcome());
        Exchange known = exchanges.get(result.requestId());
        if (known == null ? early.putIfAbsent(result.requestId(), answer) != null : known.answer().isPresent()) {
            repeatedAnswers++;
        } else if (known != null) {
            exchanges.put(result.requestId(), known.answered(answer));
        }
    }
}
