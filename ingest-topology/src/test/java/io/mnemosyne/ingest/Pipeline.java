package io.mnemosyne.ingest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Rejection;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The topology in a test driver, with its topics. */
final class Pipeline implements AutoCloseable {
    static final String KEY = "default/t";
    private static final TokenCounter TOKENS = text -> (text.length() + 3) / 4;

    final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), TopicNames.plain());
    final TopologyTestDriver driver;
    final TestInputTopic<String, byte[]> raw;
    final TestInputTopic<String, byte[]> commands;
    final TestOutputTopic<String, TurnsRecord> turns;
    final TestOutputTopic<String, ObjectRecord> objects;
    final TestOutputTopic<String, Blob> blobs;
    final TestOutputTopic<String, Rejection> rejected;
    final TestOutputTopic<String, SpanRecord> spans;

    Pipeline(Path stateDir) {
        this(stateDir, 1, Tracing.OFF);
    }

    /** The driver has one partition; with more, the keys of other partitions are misplaced. */
    Pipeline(Path stateDir, int partitions, Tracing tracing) {
        driver = new TopologyTestDriver(topology(serdes, partitions, tracing),
                new StreamsSettings("ingest", TopicNames.plain(), "nowhere:9092", stateDir).properties());
        raw = driver.createInputTopic(Topics.TURNS_RAW.name(), new StringSerializer(), new ByteArraySerializer());
        commands = driver.createInputTopic(Topics.COMMANDS.name(), new StringSerializer(), new ByteArraySerializer());
        turns = output(Topics.TURNS, serdes.turns());
        objects = output(Topics.OBJECTS, serdes.objects());
        blobs = output(Topics.BLOBS, serdes.blobs());
        rejected = output(Topics.REJECTED, serdes.rejected());
        spans = output(Topics.SPANS, serdes.spans());
    }

    static Topology topology(TopicSerdes serdes, int partitions, Tracing tracing) {
        Sequencer sequencer = new Sequencer(new TenantRedactors("master key".getBytes(UTF_8)), TOKENS);
        return new IngestTopology(serdes, TopicNames.plain(), sequencer, tracing, partitions).get();
    }

    void send(String eventId, String text) {
        send(KEY, eventId, text, new RecordHeaders());
    }

    void send(String key, String eventId, String text, Headers headers) {
        raw.pipeInput(new TestRecord<>(key, bytes(turn(eventId, text)), headers, Instant.EPOCH));
    }

    void send(String eventId, String text, Instant at) {
        raw.pipeInput(new TestRecord<>(KEY, bytes(turn(eventId, text)), new RecordHeaders(), at));
    }

    void sendBytes(@Nullable String key, byte @Nullable [] value) {
        raw.pipeInput(new TestRecord<>(key, value, new RecordHeaders(), Instant.EPOCH));
    }

    void delete(String commandId) {
        Command command = new Command(commandId, Command.Kind.DELETE, Optional.empty(), Map.of());
        commands.pipeInput(KEY, serdes.commands().serializer().serialize(Topics.COMMANDS.name(), command));
    }

    byte[] bytes(RawTurn turn) {
        return serdes.rawTurns().serializer().serialize(Topics.TURNS_RAW.name(), turn);
    }

    static RawTurn turn(String eventId, String text) {
        return new RawTurn(eventId, Role.USER, List.of(new Part.Text(Content.of(text))), Origin.UNKNOWN);
    }

    static Stream<Turn> appended(List<TurnsRecord> records) {
        return records.stream().map(TurnsRecord::event).filter(TurnEvent.Appended.class::isInstance)
                .map(event -> ((TurnEvent.Appended) event).turn());
    }

    private <T> TestOutputTopic<String, T> output(Topic topic, Serde<T> serde) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), serde.deserializer());
    }

    @Override
    public void close() {
        driver.close();
    }
}
