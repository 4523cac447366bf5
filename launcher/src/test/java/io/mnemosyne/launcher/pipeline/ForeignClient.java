package io.mnemosyne.launcher.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonDecoder;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import io.mnemosyne.launcher.stack.Addresses;

/**
 * A producer as the README describes it for any Kafka client: its own Avro library, the registry's REST interface, Kafka's
 * default partitioning, and no class of this project.
 */
final class ForeignClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEADER_BYTES = 5;

    private final Addresses addresses;
    private final HttpClient http = HttpClient.newHttpClient();
    private final KafkaProducer<String, byte[]> producer;
    private final JsonNode subject;

    ForeignClient(Addresses addresses) throws IOException, InterruptedException {
        this.addresses = addresses;
        this.subject = registry("/subjects/turns.raw-value/versions/latest");
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", addresses.kafka()), new StringSerializer(),
                new ByteArraySerializer());
    }

    /** A text turn in the Confluent wire format. */
    byte[] turn(String eventId, String role, String text) throws IOException {
        Schema schema = new Schema.Parser().parse(subject.get("schema").asText());
        JsonDecoder json = DecoderFactory.get().jsonDecoder(schema,
                """
                {"kind": "turn", "turn": {"io.mnemosyne.avro.RawTurnData": {"eventId": "%s", "role": "%s",
                  "parts": [{"type": "TEXT", "callId": "", "tool": "", "error": false, "mediaType": "",
                    "content": {"text": {"string": "%s"}, "sha256": null, "bytes": 0, "excerpt": ""}}],
                  "origin": {"at": null, "sourceIndex": null, "messageId": null, "model": null, "parentThread": null,
                    "parentTurn": null, "attributes": {}, "parentCall": null, "traceparent": null}}}}
                """.formatted(eventId, role, text));
        GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, json);
        ByteArrayOutputStream avro = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(avro, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return ByteBuffer.allocate(HEADER_BYTES + avro.size()).put((byte) 0).putInt(subject.get("id").asInt())
                .put(avro.toByteArray()).array();
    }

    /** The same record as if it had been written with another schema. */
    static byte[] withSchemaId(int id, byte[] record) {
        return ByteBuffer.wrap(record.clone()).putInt(1, id).array();
    }

    RecordMetadata send(String key, byte[] value) throws Exception {
        return producer.send(new ProducerRecord<>("turns.raw", key, value)).get();
    }

    /** As a client does whose partitioner is not murmur2. */
    void sendToPartitionBehind(RecordMetadata home, String key, byte[] value) throws Exception {
        int wrong = (home.partition() + 1) % producer.partitionsFor("turns.raw").size();
        producer.send(new ProducerRecord<>("turns.raw", wrong, key, value)).get();
    }

    /** The first so many records of {@code rejected}, as text. */
    List<String> rejections(int count) throws IOException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", addresses.kafka(), "isolation.level",
                "read_committed");
        List<String> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor("rejected").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (found.size() < count && System.nanoTime() < end) {
                for (var row : consumer.poll(Duration.ofSeconds(1))) {
                    found.add(row.key() + " " + decoded(row.value()));
                }
            }
        }
        return found;
    }

    private GenericRecord decoded(byte[] value) throws IOException, InterruptedException {
        int id = ByteBuffer.wrap(value).getInt(1);
        Schema schema = new Schema.Parser().parse(registry("/schemas/ids/" + id).get("schema").asText());
        return new GenericDatumReader<GenericRecord>(schema).read(null, DecoderFactory.get().binaryDecoder(value,
                HEADER_BYTES, value.length - HEADER_BYTES, null));
    }

    private JsonNode registry(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(addresses.registry() + path)).build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        producer.close();
        http.close();
    }
}
