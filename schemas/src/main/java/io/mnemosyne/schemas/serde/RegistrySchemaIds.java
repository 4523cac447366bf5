package io.mnemosyne.schemas.serde;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * Ids from a schema registry, through Confluent's own client. The client comes relocated, since Confluent's artifacts are
 * not on Maven Central, and so does its Avro: schemas cross this class as JSON, and no other class imports from it.
 *
 * <p>A topology should not have to wait for the network: {@link #registerAll} or {@link #lookUpAll} is called at start and
 * leaves the ids of all topics in memory. Schemas are never registered by the way of writing a record.
 */
public final class RegistrySchemaIds implements SchemaIds, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RegistrySchemaIds.class);
    private static final int CACHED_SCHEMAS = 1_000;
    private static final String COMPATIBILITY = "FULL_TRANSITIVE";
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final SchemaRegistryClient client;
    private final String registry;
    private final Map<Registered, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, String> schemas = new ConcurrentHashMap<>();

    public RegistrySchemaIds(RegistrySettings settings) {
        this.registry = String.join(", ", settings.urls());
        this.client = new CachedSchemaRegistryClient(settings.urls(), CACHED_SCHEMAS,
                List.of(new AvroSchemaProvider()), settings.clientSettings(), Map.of());
    }

    /**
     * Registers the schemas of all topics where they are not yet, asks the registry to keep them FULL_TRANSITIVE, and keeps
     * the ids. Registering again changes nothing.
     *
     * @throws SchemaLookupException if the registry cannot be reached; retriable
     * @throws IllegalStateException if the registry refuses a schema, with its reason
     */
    public void registerAll(TopicNames names) {
        for (Topic topic : Topics.all()) {
            String subject = names.subjectOf(topic);
            Registered key = new Registered(subject, topic.schema());
            int id = ask("register the schema of " + subject,
                    () -> client.register(subject, new AvroSchema(topic.schema())));
            ids.put(key, id);
            schemas.put(id, topic.schema());
            ask("set the compatibility of " + subject, () -> client.updateCompatibility(subject, COMPATIBILITY));
        }
        LOGGER.atInfo().addKeyValue("subjects", Topics.all().size()).log("schemas are registered");
    }

    /**
     * Looks up the ids of all topics, for where another process registers the schemas.
     *
     * @throws SchemaLookupException if the registry cannot be reached or lacks a schema; retriable
     */
    public void lookUpAll(TopicNames names) {
        Topics.all().forEach(topic -> schemas.put(idOf(names.subjectOf(topic), topic.schema()), topic.schema()));
    }

    @Override
    public int idOf(String subject, String schemaJson) {
        return ids.computeIfAbsent(new Registered(subject, schemaJson), _ -> ask("find the schema of " + subject,
                () -> client.getId(subject, new AvroSchema(schemaJson))));
    }

    @Override
    public String schemaOf(int id) {
        return schemas.computeIfAbsent(id,
                _ -> ask("find the schema with id " + id, () -> client.getSchemaById(id).canonicalString()));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    private <T> T ask(String what, Call<T> call) {
        try {
            return call.answer();
        } catch (RestClientException e) {
            String reason = "cannot " + what + " at " + registry + ": " + e.getMessage();
            if (e.getStatus() == CONFLICT || e.getStatus() == UNPROCESSABLE) {
                throw new IllegalStateException(
                        reason + "; the subject holds an incompatible schema, use another topic prefix", e);
            }
            throw new SchemaLookupException(reason, e);
        } catch (IOException e) {
            throw new SchemaLookupException("cannot " + what + ": no answer from the schema registry at " + registry
                    + " (" + e.getMessage() + "); check its address and that it runs", e);
        }
    }

    private interface Call<T> {
        T answer() throws IOException, RestClientException;
    }

    private record Registered(String subject, String schemaJson) {
    }
}
