package io.mnemosyne.launcher.trace;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

import io.mnemosyne.core.trace.JoinTimes;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.RefusedSpan;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.launcher.stack.Addresses;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicAdmin;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;
import io.mnemosyne.trace.TraceTopology;
import io.mnemosyne.trace.send.SendLimits;
import io.mnemosyne.trace.send.TraceSender;

/** Writes finished spans as the trace sink does, runs senders, and looks at the broker from outside. */
final class SpanTopic implements AutoCloseable {
    private static final int LARGEST = 16 * 1024 * 1024;

    private final Addresses addresses;
    private final TopicNames names;
    private final RegistrySchemaIds ids;
    private final TopicSerdes serdes;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    SpanTopic(Addresses addresses, TopicNames names) {
        this.addresses = addresses;
        this.names = names;
        ids = new RegistrySchemaIds(RegistrySettings.of(addresses.registry()));
        ids.registerAll(names);
        serdes = new TopicSerdes(ids, names);
        admin = Admin.create(kafka());
        TopicAdmin.ensure(admin, names);
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", addresses.kafka(), "acks", "all",
                "max.request.size", LARGEST, "buffer.memory", 2L * LARGEST, "partitioner.class",
                ThreadPartitioner.class), new StringSerializer(), new ByteArraySerializer());
    }

    /** Writes what the trace sink writes. */
    void write(List<PlacedSpan> spans) throws ExecutionException, InterruptedException {
        write(Topics.SPANS_FINISHED, serdes.finishedSpans(), spans, PlacedSpan::key);
    }

    /** Writes what the stages write. */
    void tell(List<SpanRecord> events) throws ExecutionException, InterruptedException {
        write(Topics.SPANS, serdes.spans(), events, SpanRecord::key);
    }

    private <T> void write(Topic topic, Serde<T> serde, List<T> values, Function<T, String> key)
            throws ExecutionException, InterruptedException {
        List<Future<?>> acknowledgements = new ArrayList<>();
        for (T value : values) {
            acknowledgements.add(producer.send(new ProducerRecord<>(names.of(topic), key.apply(value),
                    serde.serializer().serialize(names.of(topic), value))));
        }
        for (Future<?> acknowledgement : acknowledgements) {
            acknowledgement.get();
        }
    }

    /** The topology that finds for spans their traces; closing it is the caller's. */
    KafkaStreams placing(Path directory) {
        Topology topology = new TraceTopology(serdes, names, _ -> {
            throw new IllegalStateException("nothing foreign is written here");
        }, JoinTimes.STANDARD).get();
        KafkaStreams streams = new KafkaStreams(topology,
                new StreamsSettings(TraceTopology.STAGE, names, addresses.kafka(), directory).properties());
        streams.start();
        return streams;
    }

    /** A sender that runs; closing it is the caller's. */
    TraceSender sender(URI langfuse, SendLimits limits) {
        TraceSender sender = new TraceSender(SenderMain.backend(langfuse, limits), kafka(), serdes, names);
        sender.start();
        return sender;
    }

    /** Whether the group of the sender has committed all that there is. */
    boolean isDone() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin
                .listConsumerGroupOffsets(names.applicationId(TraceSender.group("main")))
                .partitionsToOffsetAndMetadata()
                .get();
        for (TopicPartition partition : partitions(names.of(Topics.SPANS_FINISHED))) {
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition).get()
                    .offset();
            OffsetAndMetadata own = committed.get(partition);
            if (end > 0 && (own == null || own.offset() < end)) {
                return false;
            }
        }
        return true;
    }

    List<RefusedSpan> letters() throws ExecutionException, InterruptedException {
        String topic = names.of(Topics.TRACE_DEAD_LETTERS);
        List<TopicPartition> partitions = partitions(topic);
        List<RefusedSpan> letters = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(kafka(), new StringDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(letter -> letters
                        .add(serdes.traceDeadLetters().deserializer().deserialize(topic, letter.value())));
            }
        }
        return letters;
    }

    private List<TopicPartition> partitions(String topic) throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition())).toList();
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", addresses.kafka());
    }

    @Override
    public void close() throws IOException {
        producer.close();
        admin.close();
        ids.close();
    }
}
