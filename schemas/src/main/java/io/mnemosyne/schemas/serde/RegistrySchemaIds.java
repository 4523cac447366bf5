package io.mnemosyne.schemas.serde;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

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
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    /** How the client words that an id is not that of an Avro schema; it has no exception of its own for it. */
    private static final String NO_AVRO = "Invalid schema";
    private static final int START_ATTEMPTS = 3;
    private static final int MISSING_ASKED = 4;
    private static final Duration MISSING_PAUSE = Duration.ofMillis(250);
    private static final int MISSING_MOST = 1_000;

    private final SchemaRegistryClient client;
    private final String registry;
    private final Map<Registered, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, String> schemas = new ConcurrentHashMap<>();
    private final Set<Integer> missing = ConcurrentHashMap.newKeySet();

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
            int id = askAgain("register the schema of " + subject,
                    () -> client.register(subject, new AvroSchema(topic.schema())));
            ids.put(key, id);
            schemas.put(id, topic.schema());
            askAgain("set the compatibility of " + subject, () -> client.updateCompatibility(subject, COMPATIBILITY));
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

    /**
     * {@inheritDoc} A registry of several nodes may lack for a moment what a producer has just registered with another
     * one, so an id counts as unknown only after a second. From then on it is asked for without waiting.
     */
    @Override
    public String schemaOf(int id) {
        return schemas.computeIfAbsent(id, this::confirmed);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** Registering again changes nothing, so one lost answer is no reason to give up at the start. */
    private <T> T askAgain(String what, Call<T> call) {
        for (int attempt = 1;; attempt++) {
            try {
                return ask(what, call);
            } catch (SchemaLookupException e) {
                if (attempt == START_ATTEMPTS) {
                    throw e;
                }
                LOGGER.atWarn().addKeyValue("attempt", attempt).addKeyValue("reason", e.getMessage())
                        .log("asking the registry again");
                LockSupport.parkNanos(MISSING_PAUSE.toNanos());
            }
        }
    }

    private String confirmed(int id) {
        int asks = missing.contains(id) ? 1 : MISSING_ASKED;
        while (true) {
            try {
                return ask("find the schema with id " + id, () -> avroSchema(id));
            } catch (UnknownSchemaException e) {
                asks--;
                if (asks == 0) {
                    rememberMissing(id);
                    throw e;
                }
                LockSupport.parkNanos(MISSING_PAUSE.toNanos());
            }
        }
    }

    private String avroSchema(int id) throws IOException, RestClientException {
        try {
            return client.getSchemaById(id).canonicalString();
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                throw new UnknownSchemaException("the schema registry at " + registry + " has no schema with the id "
                        + id + "; register the schema there before producing with it", e);
            }
            throw e;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith(NO_AVRO)) {
                throw new UnknownSchemaException("the schema with the id " + id + " in the registry at " + registry
                        + " is not Avro; use an Avro serializer", e);
            }
            throw e;
        }
    }

    private void rememberMissing(int id) {
        if (missing.size() >= MISSING_MOST) {
            missing.clear();
        }
        missing.add(id);
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
