package io.mnemosyne.launcher.index;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.index.IndexSettings;
import io.mnemosyne.index.IndexSink;
import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.launcher.stack.Addresses;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicAdmin;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** Writes what the stages write, runs the sink, and looks at the broker and at the index from outside. */
final class IndexUser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-11-21T10:15:30Z");

    private final Addresses addresses;
    private final TopicNames names;
    private final RegistrySchemaIds ids;
    final TopicSerdes serdes;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;
    private final HttpClient http = HttpClient.newHttpClient();

    IndexUser(Addresses addresses, TopicNames names) {
        this.addresses = addresses;
        this.names = names;
        ids = new RegistrySchemaIds(RegistrySettings.of(addresses.registry()));
        ids.registerAll(names);
        serdes = new TopicSerdes(ids, names);
        admin = Admin.create(kafka());
        TopicAdmin.ensure(admin, names);
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", addresses.kafka(), "acks", "all",
                "partitioner.class", ThreadPartitioner.class), new StringSerializer(), new ByteArraySerializer());
    }

    /** Settings of the index with a name. */
    IndexSettings settings(String index) {
        return IndexSettings.at(URI.create(addresses.opensearch())).withPrefix(index);
    }

    /** Starts the sink; closing it is the caller's. */
    IndexSink sink(IndexSettings settings, Embedder embedder) {
        IndexSink sink = new IndexSink(settings, kafka(), serdes, names, embedder);
        sink.start();
        return sink;
    }

    /** Writes a record as it is written each time, with the same key, value and time. Null is a tombstone. */
    <T> Written produce(Topic topic, Serde<T> serde, String key, @Nullable T value)
            throws ExecutionException, InterruptedException {
        String name = names.of(topic);
        byte[] bytes = value == null ? new byte[0] : serde.serializer().serialize(name, value);
        Integer anyPartition = null;
        RecordMetadata position = producer.send(new ProducerRecord<>(name, anyPartition, AT.toEpochMilli(), key,
                value == null ? null : bytes)).get();
        return new Written(position.partition(), position.offset(), bytes);
    }

    /** Whether both groups of the sink have committed everything that there is to read. */
    boolean isCaughtUp() throws ExecutionException, InterruptedException {
        return isCaughtUp(IndexSink.VECTOR_GROUP, Topics.OBJECTS, Topics.MEMORY)
                && isCaughtUp(IndexSink.TEXT_GROUP, Topics.TURNS, Topics.OBJECTS, Topics.MEMORY, Topics.VECTORS);
    }

    /** Makes both groups begin with the first record again. The sink must be closed. */
    void readFromTheBeginning() throws ExecutionException, InterruptedException {
        admin.deleteConsumerGroups(List.of(names.applicationId(IndexSink.TEXT_GROUP),
                names.applicationId(IndexSink.VECTOR_GROUP))).all().get();
    }

    private boolean isCaughtUp(String group, Topic... topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = ends(topics);
        Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
        return ends.entrySet().stream().filter(end -> end.getValue() > 0)
                .allMatch(end -> committed.containsKey(end.getKey())
                        && committed.get(end.getKey()).offset() == end.getValue());
    }

    /** Has a group be at the end of the topics, as if it had read everything. */
    void readToTheEnd(String group, Topic... topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = ends(topics).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue())));
        admin.alterConsumerGroupOffsets(names.applicationId(group), offsets).all().get();
    }

    Set<String> groups() throws ExecutionException, InterruptedException {
        return admin.listGroups().all().get().stream().map(GroupListing::groupId).collect(Collectors.toSet());
    }

    /** Ids of the documents that the rows of a thread's objects and turns stand for. */
    Set<String> idsOf(ThreadKey thread) throws ExecutionException, InterruptedException {
        Stream<String> objects = records(Topics.OBJECTS).stream().map(ConsumerRecord::key);
        Stream<String> windows = records(Topics.TURNS).stream().map(turn -> turn.key().replaceFirst("[.]t0*(?=[0-9])",
                ".w"));
        return Stream.concat(objects, windows).filter(key -> key.startsWith(thread + "#")).collect(Collectors.toSet());
    }

    /** What a group has committed. */
    Map<TopicPartition, OffsetAndMetadata> committed(String group) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(names.applicationId(group)).partitionsToOffsetAndMetadata().get();
    }

    /** The keys and the raw values of a topic's records. */
    List<ConsumerRecord<String, byte[]>> records(Topic topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = ends(topic);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(kafka(), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private Map<TopicPartition, Long> ends(Topic... topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = admin
                .describeTopics(List.of(topics).stream().map(names::of).toList()).allTopicNames().get().values()
                .stream().flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** Every document of a thread by its id, with all its fields. */
    Map<String, JsonNode> documents(String index, ThreadKey thread) throws IOException, InterruptedException {
        http("POST", "/" + index + "/_refresh", "");
        JsonNode answer = http("POST", "/" + index + "/_search",
                """
                {"size": 10000, "query": {"bool": {"filter": [
                  {"term": {"tenant": "%s"}}, {"term": {"thread": "%s"}}]}}}"""
                        .formatted(thread.tenant(), thread.thread()));
        Map<String, JsonNode> documents = new TreeMap<>();
        answer.at("/hits/hits").forEach(hit -> documents.put(hit.path("_id").asText(), hit.path("_source")));
        return documents;
    }

    /** Sends a request to OpenSearch that must succeed. */
    JsonNode http(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(addresses.opensearch() + path))
                .timeout(Duration.ofSeconds(30)).header("content-type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
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

    /** Where a record was written, and its value. */
    record Written(int partition, long offset, byte[] value) {
    }
}
