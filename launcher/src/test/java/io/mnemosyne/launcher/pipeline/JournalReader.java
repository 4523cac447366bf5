package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.launcher.pipeline.Journal.Answer;
import io.mnemosyne.launcher.pipeline.Journal.Asked;
import io.mnemosyne.launcher.pipeline.Journal.Kind;
import io.mnemosyne.launcher.stack.Addresses;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** Follows the topics of a deployment, committed records only, and sorts them by thread. */
final class JournalReader implements AutoCloseable {
    private final Map<ThreadKey, Journal> journals = new HashMap<>();
    private final Map<String, Taker> takers;
    private final RegistrySchemaIds ids;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** Takes one record. */
    private interface Taker {
        void take(String topic, byte[] value);
    }

    /** @param prefix of the topics, which exist */
    JournalReader(Addresses addresses, String prefix) {
        TopicNames names = new TopicNames(prefix);
        ids = new RegistrySchemaIds(RegistrySettings.of(addresses.registry()));
        takers = takers(new TopicSerdes(ids, names)).entrySet().stream()
                .collect(Collectors.toMap(taker -> names.of(taker.getKey()), Map.Entry::getValue));
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", addresses.kafka(), "isolation.level",
                "read_committed", "fetch.max.wait.ms", 20), new StringDeserializer(), new ByteArrayDeserializer());
        partitions = takers.keySet().stream().flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What a thread's journal says up to the end of every topic. */
    Journal read(ThreadKey thread) {
        readOn();
        return journal(thread);
    }

    @Override
    public void close() throws IOException {
        consumer.close();
        ids.close();
    }

    private void readOn() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> row : consumer.poll(Duration.ofMillis(200))) {
                if (row.value() != null) {
                    takers.get(row.topic()).take(row.topic(), row.value());
                }
            }
        }
    }

    private Map<Topic, Taker> takers(TopicSerdes serdes) {
        return Map.of(
                Topics.TURNS, taker(serdes.turns(), row -> journal(row.thread()).turns().add(row)),
                Topics.MEMORY, taker(serdes.memory(), row -> journal(row.thread()).memory().add(row.event())),
                Topics.OBSERVER_REQUESTS, taker(serdes.observationRequests(), this::observation),
                Topics.REFLECTOR_REQUESTS, taker(serdes.reflectionRequests(), this::reflection),
                Topics.OBSERVER_RESULTS, taker(serdes.observationResults(), this::observed),
                Topics.REFLECTOR_RESULTS, taker(serdes.reflectionResults(), this::reflected));
    }

    private void observation(WorkerRequest<ObservationRequest> row) {
        if (row instanceof WorkerRequest.Ask<ObservationRequest>(ObservationRequest request)) {
            ask(Kind.OBSERVER, request, request.range(), request.range().toString());
        }
    }

    private void reflection(WorkerRequest<ReflectionRequest> row) {
        if (row instanceof WorkerRequest.Ask<ReflectionRequest>(ReflectionRequest request)) {
            SeqRange range = request.segments().stream().map(Segment::range).reduce(SeqRange::span).orElseThrow();
            ask(Kind.REFLECTOR, request, range,
                    request.segments().stream().map(Segment::id).collect(Collectors.joining(",")));
        }
    }

    private void ask(Kind kind, ModelRequest request, SeqRange range, String about) {
        journal(request.thread()).asked().add(
                new Asked(new Answer(kind, request.requestId(), request.attempt()), range, about));
    }

    private void observed(ObservationResult row) {
        if (!(row.outcome() instanceof ObservationResult.Idle)) {
            journal(row.thread()).answers().add(new Answer(Kind.OBSERVER, row.requestId(), row.attempt()));
        }
    }

    private void reflected(ReflectionResult row) {
        journal(row.thread()).answers().add(new Answer(Kind.REFLECTOR, row.requestId(), row.attempt()));
    }

    private Journal journal(ThreadKey thread) {
        return journals.computeIfAbsent(thread, _ -> Journal.empty());
    }

    private static <T> Taker taker(Serde<T> serde, Consumer<T> then) {
        return (topic, value) -> then.accept(serde.deserializer().deserialize(topic, value));
    }
}
