package io.mnemosyne.launcher.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

import io.mnemosyne.context.ContextTopology;
import io.mnemosyne.context.DriverRows;
import io.mnemosyne.context.StoredThreads;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.ingest.IngestTopology;
import io.mnemosyne.observer.ObserverTopology;
import io.mnemosyne.reflector.ReflectorTopology;
import io.mnemosyne.replay.machines.Journal;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The four topologies, each in a test driver, with what one writes passed on to those that read it, and models in the
 * place of a worker. Paced: a turn returns when nothing is left to read.
 */
final class WiredTopologies implements AutoCloseable {
    private static final TopicNames NAMES = TopicNames.plain();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), NAMES);
    private final Policy policy;
    private final TokenCounter counter;
    private final Models models;
    private final Journal journal;
    private final Path stateDir;
    private final Stage ingest;
    private final Stage observer;
    private final Stage reflector;
    private final Stage context;
    private final Map<Topic, Reading> readers = Map.of(
            Topics.BLOBS, this::blob,
            Topics.TURNS, this::turn,
            Topics.MEMORY, this::memory,
            Topics.VIEW, this::view,
            Topics.COMMANDS, this::command,
            Topics.OBSERVER_REQUESTS, this::observe,
            Topics.REFLECTOR_REQUESTS, this::reflect,
            Topics.SUMMARIZER_REQUESTS, this::summarize);
    private final Deque<Written> unread = new ArrayDeque<>();
    private Instant clock;
    private long deadlines;

    /** @param begin not after the first turn */
    WiredTopologies(Policy policy, Sequencer sequencer, TokenCounter counter, Models models, Journal journal,
            Path stateDir, Instant begin) {
        this.policy = policy;
        this.counter = counter;
        this.models = models;
        this.journal = journal;
        this.stateDir = stateDir;
        // Deadlines that do not come of a lease are whole seconds, and clocks tick each second: a tick just behind them
        // notices them as soon as they have passed, and not up to a second later.
        clock = begin.truncatedTo(ChronoUnit.SECONDS).minusMillis(999);
        ingest = stage("ingest", new IngestTopology(serdes, NAMES, sequencer).get(), Topics.BLOBS, Topics.TURNS);
        observer = stage("observer", new ObserverTopology(NAMES, serdes, policy, counter).get(), Topics.MEMORY,
                Topics.OBSERVER_REQUESTS);
        reflector = stage("reflector", new ReflectorTopology(NAMES, serdes, policy, counter).get(), Topics.MEMORY,
                Topics.REFLECTOR_REQUESTS);
        context = stage("context", new ContextTopology(NAMES, serdes, policy, counter).get(), Topics.VIEW,
                Topics.COMMANDS, Topics.SUMMARIZER_REQUESTS);
    }

    /** Takes a turn, and everything that comes of it and of the time until then. */
    void append(ThreadKey thread, RawTurn turn, Instant at) throws ModelException, InterruptedException {
        passUntil(at);
        ingest.read(Topics.TURNS_RAW, new TestRecord<>(thread.toString().getBytes(UTF_8),
                bytes(Topics.TURNS_RAW, serdes.rawTurns(), turn), new RecordHeaders(), at));
        collect(ingest);
        settle();
    }

    /** How often something was written just because time passed. */
    long deadlines() {
        return deadlines;
    }

    ThreadReader reader() {
        return new StoredThreads(new DriverRows(context.driver()), policy, counter);
    }

    @Override
    public void close() {
        List.of(ingest, observer, reflector, context).forEach(stage -> stage.driver().close());
    }

    /**
     * In one leap, so that what a deadline leads to bears the time of the next turn where a replay has that of the
     * deadline: no journal may tell them apart.
     */
    private void passUntil(Instant at) throws ModelException, InterruptedException {
        Instant now = at.truncatedTo(ChronoUnit.MILLIS);
        for (Stage stage : List.of(observer, reflector)) {
            stage.driver().advanceWallClockTime(Duration.between(clock, now));
            collect(stage);
        }
        clock = now;
        deadlines += unread.isEmpty() ? 0 : 1;
        settle();
    }

    private void settle() throws ModelException, InterruptedException {
        for (Written next = unread.poll(); next != null; next = unread.poll()) {
            Objects.requireNonNull(readers.get(next.topic())).read(next);
        }
    }

    private void blob(Written blob) {
        pass(blob, context);
    }

    private void command(Written command) {
        pass(command, ingest);
    }

    private void turn(Written turn) {
        journal.wrote(value(turn, serdes.turns()));
        pass(turn, context);
        pass(turn, observer);
    }

    private void memory(Written memory) {
        journal.wrote(value(memory, serdes.memory()));
        pass(memory, context);
        // What a topology writes to a topic that it reads, its driver has passed to it.
        if (memory.by() != reflector) {
            pass(memory, reflector);
        }
    }

    private void view(Written view) {
        journal.wrote(value(view, serdes.view()));
    }

    private void observe(Written written) throws ModelException, InterruptedException {
        if (value(written,
                serdes.observationRequests()) instanceof WorkerRequest.Ask<ObservationRequest>(var request)) {
            var result = new ObservationResult(request.thread(), request.incarnation(), request.requestId(),
                    request.attempt(), models.observer().answer(request, CallContext.within(PATIENCE)));
            answer(written, observer, Topics.OBSERVER_RESULTS, serdes.observationResults(), result);
        }
    }

    private void reflect(Written written) throws ModelException, InterruptedException {
        if (value(written, serdes.reflectionRequests()) instanceof WorkerRequest.Ask<ReflectionRequest>(var request)) {
            var result = new ReflectionResult(request.thread(), request.incarnation(), request.requestId(),
                    request.attempt(), models.reflector().answer(request, CallContext.within(PATIENCE)));
            answer(written, reflector, Topics.REFLECTOR_RESULTS, serdes.reflectionResults(), result);
        }
    }

    private void summarize(Written written) throws ModelException, InterruptedException {
        if (value(written, serdes.summaryRequests()) instanceof WorkerRequest.Ask<SummaryRequest>(var request)) {
            var result = new SummaryResult(request.thread(), request.incarnation(), request.requestId(),
                    request.attempt(), models.summarizer().answer(request, CallContext.within(PATIENCE)));
            answer(written, context, Topics.SUMMARIZER_RESULTS, serdes.summaryResults(), result);
        }
    }

    private <T> void answer(Written request, Stage asker, Topic results, Serde<T> serde, T result) {
        asker.read(results, new TestRecord<>(request.record().key(), bytes(results, serde, result),
                new RecordHeaders(), request.record().timestamp()));
        collect(asker);
    }

    private void pass(Written written, Stage reader) {
        reader.read(written.topic(), written.record());
        collect(reader);
    }

    private void collect(Stage stage) {
        for (Topic topic : stage.writes()) {
            stage.written(topic).forEach(record -> unread.add(new Written(topic, stage, record)));
        }
    }

    private Stage stage(String name, Topology topology, Topic... writes) {
        return new Stage(new TopologyTestDriver(topology,
                new StreamsSettings(name, NAMES, "nowhere:9092", stateDir).properties(), clock), List.of(writes));
    }

    private static <T> byte[] bytes(Topic topic, Serde<T> serde, T value) {
        return serde.serializer().serialize(NAMES.of(topic), value);
    }

    private static <T> T value(Written written, Serde<T> serde) {
        return serde.deserializer().deserialize(NAMES.of(written.topic()), written.record().value());
    }

    /** What is done with a record of a topic. */
    private interface Reading {
        void read(Written written) throws ModelException, InterruptedException;
    }

    /** A record that nobody has read yet. */
    private record Written(Topic topic, Stage by, TestRecord<byte[], byte[]> record) {
    }

    /**
     * A topology in its driver.
     *
     * @param writes topics that others read, in the order in which one decision writes to them
     */
    private record Stage(TopologyTestDriver driver, List<Topic> writes) {

        void read(Topic topic, TestRecord<byte[], byte[]> record) {
            driver.createInputTopic(NAMES.of(topic), new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(record);
        }

        List<TestRecord<byte[], byte[]>> written(Topic topic) {
            return driver.createOutputTopic(NAMES.of(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList();
        }
    }
}
