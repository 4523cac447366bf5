package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Does with a stack what its users do, through the services' own interfaces. */
final class StackUser {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Addresses addresses;
    private final HttpClient http = HttpClient.newHttpClient();

    StackUser(Addresses addresses) {
        this.addresses = addresses;
    }

    void produce(String topic, String key, String value) throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", addresses.kafka());
        try (Admin admin = Admin.create(client);
                var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    /** All values of a topic with one partition. */
    List<String> consume(String topic) {
        Map<String, Object> client = Map.of("bootstrap.servers", addresses.kafka());
        try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            List<String> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    int registerSchema(String subject, String schema) throws IOException, InterruptedException {
        String body = JSON.createObjectNode().put("schema", schema).toString();
        return send("POST", addresses.registry() + "/subjects/" + subject + "/versions", body).get("id").asInt();
    }

    String schema(int id) throws IOException, InterruptedException {
        return send("GET", addresses.registry() + "/schemas/ids/" + id, "").get("schema").asText();
    }

    void indexVector(String index, String id, String vector) throws IOException, InterruptedException {
        send("PUT", addresses.opensearch() + "/" + index,
                """
                {"settings": {"index.knn": true, "number_of_replicas": 0},
                 "mappings": {"properties": {"vector": {"type": "knn_vector", "dimension": 3,
                   "method": {"name": "hnsw", "engine": "lucene", "space_type": "cosinesimil"}}}}}
                """);
        send("PUT", addresses.opensearch() + "/" + index + "/_doc/" + id + "?refresh=true",
                "{\"vector\": " + vector + "}");
    }

    /** The id of the document whose vector is nearest. */
    String nearest(String index, String vector) throws IOException, InterruptedException {
        JsonNode answer = send("POST", addresses.opensearch() + "/" + index + "/_search",
                "{\"query\": {\"knn\": {\"vector\": {\"vector\": " + vector + ", \"k\": 1}}}}");
        return answer.at("/hits/hits/0/_id").asText();
    }

    private JsonNode send(String method, String url, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("content-type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + url + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
