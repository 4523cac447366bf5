package io.mnemosyne.reflector;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** The topology in a test driver, with the memory topic folded as a reader of it would. */
final class Stage implements AutoCloseable {
    static final TokenCounter FOUR_CHARS = text -> (text.length() + 3) / 4;
    static final ThreadKey THREAD = new ThreadKey("acme", "t1");
    static final Policy SMALL = Policy.standard().scaledTo(8_000);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final TopologyTestDriver driver;
    private final TestInputTopic<String, MemoryRecord> memoryIn;
    private final TestInputTopic<String, ReflectionResult> resultsIn;
    private final TestOutputTopic<String, MemoryRecord> memoryOut;
    private final TestOutputTopic<String, WorkerRequest<ReflectionRequest>> requests;
    private final TestOutputTopic<String, byte[]> requestBytes;
    final TestOutputTopic<String, SpanRecord> spans;
    private final Map<String, Segment> live = new LinkedHashMap<>();
    private Instant now = START;
    private long head = -1;

    Stage(Path stateDir, Policy policy) {
        TopicNames names = TopicNames.plain();
        TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), names);
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "reflector");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(new ReflectorTopology(names, serdes, policy, FOUR_CHARS, Tracing.FULL).get(),
                settings,
                START);
        memoryIn = driver.createInputTopic(names.of(Topics.MEMORY), new StringSerializer(),
                serdes.memory().serializer());
        resultsIn = driver.createInputTopic(names.of(Topics.REFLECTOR_RESULTS), new StringSerializer(),
                serdes.reflectionResults().serializer());
        memoryOut = driver.createOutputTopic(names.of(Topics.MEMORY), new StringDeserializer(),
                serdes.memory().deserializer());
        requests = driver.createOutputTopic(names.of(Topics.REFLECTOR_REQUESTS), new StringDeserializer(),
                serdes.reflectionRequests().deserializer());
        spans = driver.createOutputTopic(names.of(Topics.SPANS), new StringDeserializer(),
                serdes.spans().deserializer());
        requestBytes = driver.createOutputTopic(names.of(Topics.REFLECTOR_REQUESTS), new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    Segment observe(long incarnation, List<LogEntry> entries) {
        SeqRange range = new SeqRange(head + 1, head + 10);
        head = range.to();
        Segment uncounted = segment(range, entries, 0);
        Segment segment = segment(range, entries, FOUR_CHARS.count(SegmentText.of(uncounted)));
        live.put(segment.id(), segment);
        tell(incarnation, "o%019d".formatted(range.from()), new MemoryEvent.Observed(segment));
        return segment;
    }

    void command(long incarnation, Command command) {
        if (command.kind() == Command.Kind.DELETE) {
            head = -1;
            live.clear();
        }
        tell(incarnation, "c" + command.commandId(), new MemoryEvent.Controlled(command));
    }

    void answer(ReflectionRequest request, ReflectionResult.Outcome outcome) {
        now = now.plusSeconds(1);
        resultsIn.pipeInput(request.thread().toString(), new ReflectionResult(request.thread(), request.incarnation(),
                request.requestId(), request.attempt(), outcome), now);
    }

    void wait(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    Optional<ReflectionRequest> nextRequest() {
        return nextTold().map(told -> ((WorkerRequest.Ask<ReflectionRequest>) told).request());
    }

    /** What workers are told next, a request or not. */
    Optional<WorkerRequest<ReflectionRequest>> nextTold() {
        return requests.isEmpty() ? Optional.empty() : Optional.of(requests.readValue());
    }

    byte[] nextRequestBytes() {
        return requestBytes.readValue();
    }

    /** What the reflector wrote into {@code memory} since the last call; reflections are folded into {@link #live}. */
    List<TestRecord<String, MemoryRecord>> written() {
        List<TestRecord<String, MemoryRecord>> written = new ArrayList<>();
        while (!memoryOut.isEmpty()) {
            TestRecord<String, MemoryRecord> record = memoryOut.readRecord();
            written.add(record);
            if (record.getValue() != null && record.getValue().event() instanceof MemoryEvent.Reflected reflected) {
                reflected.replaces().forEach(live::remove);
                live.put(reflected.segment().id(), reflected.segment());
            }
        }
        return written;
    }

    /** Live segments as the memory topic has them, oldest first. */
    List<Segment> live() {
        return live.values().stream().sorted((a, b) -> Long.compare(a.range().from(), b.range().from())).toList();
    }

    long head() {
        return head;
    }

    @Override
    public void close() {
        driver.close();
    }

    static LogEntry entry(LogEntry.Kind kind, long seq, String text) {
        return new LogEntry(LogEntry.Priority.NOTABLE, kind, SeqRange.of(seq), Optional.of(START.plusSeconds(seq)),
                text);
    }

    private void tell(long incarnation, String row, MemoryEvent event) {
        now = now.plusSeconds(1);
        memoryIn.pipeInput(THREAD.row(incarnation + "." + row), new MemoryRecord(THREAD, incarnation, event), now);
    }

    private static Segment segment(SeqRange range, List<LogEntry> entries, long tokens) {
        return new Segment("o" + range, Segment.Kind.OBSERVATION, range, 0, entries, Optional.empty(), Optional.empty(),
                Optional.empty(), tokens);
    }
}
