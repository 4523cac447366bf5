package io.mnemosyne.trace;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.core.trace.JoinTimes;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.RefusedSpan;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The topology in a test driver. */
final class Sink implements AutoCloseable {
    static final String TENANT = "acme";
    static final JoinTimes TIMES = JoinTimes.STANDARD;
    private static final int TICKS = 5;

    private final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), TopicNames.plain());
    private final Path stateDir;
    private final List<PlacedSpan> leftBefore = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int starts;
    private TopologyTestDriver driver;
    private TestInputTopic<String, SpanRecord> spans;
    private TestInputTopic<String, byte[]> raw;
    private TestOutputTopic<String, PlacedSpan> finished;
    private TestOutputTopic<String, RefusedSpan> refused;

    /** With stores in memory, since the driver flushes those on disk after each record. */
    Sink(Path stateDir) {
        this.stateDir = stateDir;
        start();
    }

    private void start() {
        driver = new TopologyTestDriver(
                new TraceTopology(serdes, TopicNames.plain(), new TenantRedactors("master key".getBytes(UTF_8)), TIMES,
                        Stores::inMemoryKeyValueStore).get(),
                new StreamsSettings(TraceTopology.STAGE, TopicNames.plain(), "nowhere:9092",
                        stateDir.resolve("start-" + starts++)).properties(),
                now);
        spans = driver.createInputTopic(Topics.SPANS.name(), new StringSerializer(), serdes.spans().serializer());
        raw = driver.createInputTopic(Topics.SPANS_RAW.name(), new StringSerializer(), new ByteArraySerializer());
        finished = driver.createOutputTopic(Topics.SPANS_FINISHED.name(), new StringDeserializer(),
                serdes.finishedSpans().deserializer());
        refused = driver.createOutputTopic(Topics.TRACE_DEAD_LETTERS.name(), new StringDeserializer(),
                serdes.traceDeadLetters().deserializer());
    }

    /** As one of our own stages does. */
    void tell(SpanEvent event) {
        tell(TENANT, event);
    }

    void tell(String tenant, SpanEvent event) {
        SpanRecord told = new SpanRecord(tenant, event);
        spans.pipeInput(told.key(), told);
    }

    /** As an agent does. */
    void tellRaw(String tenant, SpanEvent event) {
        SpanRecord told = new SpanRecord(tenant, event);
        tellBytes(told.key(), bytes(told));
    }

    void tellBytes(String key, byte[] value) {
        raw.pipeInput(key, value);
    }

    byte[] bytes(SpanRecord told) {
        return serdes.rawSpans().serializer().serialize(Topics.SPANS_RAW.name(), told);
    }

    /** Lets the clock of the sink go on. */
    void pass(Duration time) {
        now = now.plus(time).plusSeconds(TICKS);
        driver.advanceWallClockTime(time);
        for (int i = 0; i < TICKS; i++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
    }

    /** What has left since this was asked last. */
    List<PlacedSpan> finished() {
        List<PlacedSpan> all = new ArrayList<>(leftBefore);
        leftBefore.clear();
        all.addAll(finished.readValuesToList());
        return all;
    }

    PlacedSpan onlyFinished() {
        List<PlacedSpan> all = finished();
        if (all.size() != 1) {
            throw new AssertionError("not one span but " + all);
        }
        return all.getFirst();
    }

    List<RefusedSpan> refused() {
        return refused.readValuesToList();
    }

    long count(String name) {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name + "-total"))
                .mapToLong(metric -> ((Number) metric.getValue().metricValue()).longValue()).sum();
    }

    /** Rows of all stores but what is kept for a day. */
    Map<String, Long> rows() {
        Map<String, Long> rows = new HashMap<>();
        driver.getAllStateStores().keySet().forEach(name -> rows.put(name, (long) contents(name).size()));
        return rows;
    }

    /** Ends it, and begins again with the stores as they were. */
    void restart() {
        leftBefore.addAll(finished.readValuesToList());
        Map<String, List<KeyValue<Object, Object>>> kept = new HashMap<>();
        driver.getAllStateStores().keySet().forEach(name -> kept.put(name, contents(name)));
        driver.close();
        start();
        kept.forEach((name, rows) -> {
            KeyValueStore<Object, Object> store = driver.getKeyValueStore(name);
            rows.forEach(row -> store.put(row.key, row.value));
        });
    }

    private List<KeyValue<Object, Object>> contents(String name) {
        List<KeyValue<Object, Object>> rows = new ArrayList<>();
        KeyValueStore<Object, Object> store = driver.getKeyValueStore(name);
        try (KeyValueIterator<Object, Object> all = store.all()) {
            all.forEachRemaining(rows::add);
        }
        return rows;
    }

    static Optional<PlacedSpan> named(List<PlacedSpan> spans, String name) {
        return spans.stream().filter(span -> span.span().name().equals(name)).findFirst();
    }

    @Override
    public void close() {
        driver.close();
    }
}
