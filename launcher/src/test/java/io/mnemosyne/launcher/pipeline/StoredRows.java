package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.stack.Addresses;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.Topics;

/** What a stack keeps: the newest row of each key in its compacted topics and changelogs, and the documents of its index. */
final class StoredRows implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Addresses addresses;
    private final String prefix;
    private final HttpClient http = HttpClient.newHttpClient();
    private final KafkaConsumer<String, byte[]> consumer;

    /** @param prefix of the topics and of the index */
    StoredRows(Addresses addresses, String prefix) {
        this.addresses = addresses;
        this.prefix = prefix;
        // A fetch for the topic before, at whose end nothing comes, would hold up that for the next one.
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", addresses.kafka(), "isolation.level",
                "read_committed", "fetch.max.wait.ms", 20),
                new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Keys of the thread's rows in a topic that have no tombstone. */
    List<String> keys(Topic topic, ThreadKey thread) {
        return newest(prefix + topic.name()).keySet().stream().filter(key -> key.startsWith(thread.row(""))).toList();
    }

    /** The compacted topics and changelogs with a row whose value has this word in it. */
    List<String> topicsThatHold(String word) {
        Stream<String> compacted = Topics.all().stream().filter(topic -> topic.cleanup() == Topic.Cleanup.COMPACT)
                .map(topic -> prefix + topic.name());
        Stream<String> changelogs = consumer.listTopics().keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.endsWith("-changelog"));
        return Stream.concat(compacted, changelogs.sorted()).filter(topic -> newest(topic).values().stream()
                .anyMatch(value -> new String(value, StandardCharsets.ISO_8859_1).contains(word))).toList();
    }

    /** Ids of the thread's documents in the index, also of those that searches do not find. */
    List<String> documents(ThreadKey thread) throws IOException, InterruptedException {
        send("/" + prefix + "mnemosyne/_refresh", "");
        List<String> ids = new ArrayList<>();
        JSON.readTree(send("/" + prefix + "mnemosyne/_search", "{\"size\": 10000, \"_source\": false}"))
                .at("/hits/hits")
                .forEach(hit -> ids.add(hit.path("_id").asText()));
        return ids.stream().filter(id -> id.startsWith(thread.row(""))).toList();
    }

    @Override
    public void close() {
        consumer.close();
        http.close();
    }

    private Map<String, byte[]> newest(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, byte[]> rows = new LinkedHashMap<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(200)).forEach(row -> {
                if (row.value() == null) {
                    rows.remove(row.key());
                } else {
                    rows.put(row.key(), row.value());
                }
            });
        }
        return rows;
    }

    private String send(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(addresses.opensearch() + path))
                .header("content-type", "application/json").POST(BodyPublishers.ofString(body)).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
