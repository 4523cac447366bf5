package io.mnemosyne.observer;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** The topology with one thread in front of it and a worker behind it that answers when it is told to. */
final class Pipeline implements AutoCloseable {
    static final ThreadKey THREAD = new ThreadKey("acme", "t-1");
    private static final TopicNames NAMES = TopicNames.plain();
    private static final Provenance FAKE = new Provenance("fake", "fake", "1", 0, 0);

    private final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), NAMES);
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, TurnsRecord> turns;
    private final TestInputTopic<String, ObservationResult> results;
    private final TestOutputTopic<String, WorkerRequest<ObservationRequest>> requests;
    private final TestOutputTopic<String, MemoryRecord> memory;
    final TestOutputTopic<String, SpanRecord> spans;
    private final List<ObservationRequest> seen = new ArrayList<>();
    private final List<WorkerRequest<ObservationRequest>> told = new ArrayList<>();
    private final List<TestRecord<String, MemoryRecord>> journal = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-01T09:00:00Z");
    private long incarnation;
    private long seq;
    private long offset;
    private int answered;

    Pipeline(Policy policy, Path stateDir) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "observer-test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver = new TopologyTestDriver(
                new ObserverTopology(NAMES, serdes, policy, text -> text.length() / 4 + 1, Tracing.FULL).get(),
                settings, now);
        turns = input(Topics.TURNS, serdes.turns());
        results = input(Topics.OBSERVER_RESULTS, serdes.observationResults());
        requests = output(Topics.OBSERVER_REQUESTS, serdes.observationRequests());
        memory = output(Topics.MEMORY, serdes.memory());
        spans = output(Topics.SPANS, serdes.spans());
    }

    Pipeline says(Role role, long tokens, Part... parts) {
        RawTurn body = new RawTurn("e-" + seq, role, List.of(parts), Origin.at(now));
        Turn turn = new Turn(THREAD, incarnation, seq, body, tokens, List.of());
        send("t%019d".formatted(seq), new TurnEvent.Appended(turn));
        seq++;
        return this;
    }

    Pipeline usesTool(int i, long tokens) {
        says(Role.ASSISTANT, 40, new Part.ToolCall("call-" + i, "bash", Content.of("{\"command\":\"ls\"}")));
        return says(Role.TOOL, tokens, new Part.ToolResult("call-" + i, "bash", Content.of("a file"), false));
    }

    Pipeline isSkipped() {
        send("s%019d".formatted(offset), new TurnEvent.Skipped("e-0", TurnEvent.Reason.DUPLICATE));
        return this;
    }

    Pipeline obeys(Command.Kind kind, Map<String, String> arguments) {
        if (kind == Command.Kind.DELETE) {
            incarnation++;
            seq = 0;
        }
        send("c0-%019d".formatted(offset),
                new TurnEvent.Controlled(new Command("c-" + offset, kind, Optional.of(now), arguments)));
        return this;
    }

    void tombstone(long oldSeq) {
        turns.pipeInput(THREAD.row("0.t%019d".formatted(oldSeq)), null, now);
        collect();
    }

    /** The worker answers the newest request. */
    Pipeline observes() {
        ObservationRequest request = seen.getLast();
        deliver(answer(request, new ObservationResult.Observed(
                List.of(new LogEntry(LogEntry.Priority.NOTABLE, LogEntry.Kind.FACT, request.range(), Optional.of(now),
                        "noted of " + request.range())),
                Optional.empty(), Optional.empty(), Optional.empty(), FAKE)));
        return this;
    }

    /** The worker answers as long as anything new is asked. */
    Pipeline observesAll() {
        while (answered < seen.size()) {
            answered = seen.size();
            observes();
        }
        return this;
    }

    static ObservationResult answer(ObservationRequest request, ObservationResult.Outcome outcome) {
        return new ObservationResult(request.thread(), request.incarnation(), request.requestId(), request.attempt(),
                outcome);
    }

    void deliver(ObservationResult result) {
        now = now.plusMillis(300);
        results.pipeInput(THREAD.toString(), result, now);
        collect();
    }

    void timePasses(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
        collect();
    }

    List<ObservationRequest> requests() {
        return seen;
    }

    /** All that workers were told, requests included. */
    List<WorkerRequest<ObservationRequest>> told() {
        return told;
    }

    List<TestRecord<String, MemoryRecord>> journal() {
        return journal;
    }

    List<Segment> segments() {
        return journal.stream().map(TestRecord::value).filter(java.util.Objects::nonNull).map(MemoryRecord::event)
                .filter(MemoryEvent.Observed.class::isInstance).map(event -> ((MemoryEvent.Observed) event).segment())
                .toList();
    }

    long seq() {
        return seq;
    }

    long rows(String store) {
        try (KeyValueIterator<String, ?> rows = driver.<String, Object>getKeyValueStore(store).all()) {
            long count = 0;
            while (rows.hasNext()) {
                rows.next();
                count++;
            }
            return count;
        }
    }

    double counted(String name) {
        return driver.metrics().entrySet().stream().filter(metric -> metric.getKey().name().equals(name + "-total"))
                .mapToDouble(metric -> (double) metric.getValue().metricValue()).sum();
    }

    @Override
    public void close() {
        driver.close();
    }

    private void send(String row, TurnEvent event) {
        now = now.plusSeconds(1);
        turns.pipeInput(THREAD.row(incarnation + "." + row),
                new TurnsRecord(THREAD, incarnation, new Position("turns.raw", 0, offset++), event), now);
        collect();
    }

    private void collect() {
        for (WorkerRequest<ObservationRequest> next : requests.readValuesToList()) {
            told.add(next);
            if (next instanceof WorkerRequest.Ask<ObservationRequest>(ObservationRequest request)) {
                seen.add(request);
            }
        }
        journal.addAll(memory.readRecordsToList());
    }

    private <T> TestInputTopic<String, T> input(Topic topic, Serde<T> values) {
        return driver.createInputTopic(NAMES.of(topic), Serdes.String().serializer(), values.serializer());
    }

    private <T> TestOutputTopic<String, T> output(Topic topic, Serde<T> values) {
        return driver.createOutputTopic(NAMES.of(topic), Serdes.String().deserializer(), values.deserializer());
    }
}
