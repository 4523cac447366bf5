package io.mnemosyne.reflector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.reflect.OfflineReflection;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.StageSpans.Request;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;

class ReflectorTopologyTest {
    private static final long THRESHOLD = Stage.SMALL.reflectionThreshold();

    @TempDir
    private Path stateDir;
    private Stage stage;

    @BeforeEach
    void open() {
        stage = new Stage(stateDir, Stage.SMALL);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldAskWithTheTextsOfTheOldestSegmentsWhenHalfTheThresholdIsReached() {
        // when
        List<Segment> observed = observeUntilAsked();
        ReflectionRequest request = stage.nextRequest().orElseThrow();
        // then
        assertThat(request.segments()).hasSizeGreaterThanOrEqualTo(2).isEqualTo(
                observed.subList(0, request.segments().size()));
        assertThat(
                observed.subList(request.segments().size(), observed.size()).stream().mapToLong(Segment::tokens).sum())
                .as("newest segments are left alone")
                .isGreaterThan(THRESHOLD / 10);
        assertThat(stage.nextRequest()).isEmpty();
    }

    @Test
    void shouldReplaceTheNamedSegmentsAndWriteTheProjectStateWhenAWorkerAnswers() {
        // given
        observeUntilAsked();
        ReflectionRequest request = stage.nextRequest().orElseThrow();
        // when
        stage.answer(request, offline(request));
        // then
        List<TestRecord<String, MemoryRecord>> written = stage.written();
        assertThat(written).extracting(record -> record.getKey().replaceAll("r[0-9a-f]{32}", "rID"))
                .containsExactly("acme/t1#0.p0000000000000000001", "acme/t1#0.rID");
        assertThat(written.getLast().value().event()).isInstanceOfSatisfying(MemoryEvent.Reflected.class,
                reflected -> assertThat(reflected.replaces())
                        .isEqualTo(request.segments().stream().map(Segment::id).toList()));
        assertCovered();
    }

    @Test
    void shouldTellOfAReflectionFromTheRequestToWhatBecameOfItAndOfTheProjectState() {
        // given
        observeUntilAsked();
        ReflectionRequest request = stage.nextRequest().orElseThrow();
        // when an attempt fails, the next one answers, and the answer comes twice
        stage.answer(request, new ReflectionResult.Failed("overloaded", true));
        ReflectionRequest again = stage.nextRequest().orElseThrow();
        stage.answer(again, offline(again));
        stage.answer(again, offline(again));
        // then
        SpanId span = Request.REFLECTION.id(Stage.THREAD, 0, request.requestId());
        Place place = new Place.AtTurn("t1", 0, request.segments().getLast().range().to(), Optional.empty());
        List<SpanEvent> events = stage.spans.readValuesToList().stream().map(SpanRecord::event).toList();
        assertThat(events).satisfiesExactly(
                started -> assertThat(((SpanEvent.Started) started).id()).isEqualTo(span),
                retried -> assertThat(((SpanEvent.Finished) retried).span().outcome().message())
                        .contains("overloaded"),
                ended -> assertThat(ended).isInstanceOfSatisfying(SpanEvent.Ended.class, end -> {
                    assertThat(end.id()).isEqualTo(span);
                    assertThat(end.place()).isEqualTo(place);
                    assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
                    assertThat(end.facts().output()).isPresent();
                }),
                state -> assertThat(((SpanEvent.Finished) state).span().name()).isEqualTo("project state"));
        assertThat(((SpanEvent.Started) events.getFirst()).place()).isEqualTo(place);
    }

    @Test
    void shouldIgnoreAnAnswerThatComesTwice() {
        // given
        observeUntilAsked();
        ReflectionRequest request = stage.nextRequest().orElseThrow();
        stage.answer(request, offline(request));
        stage.written();
        // when
        stage.answer(request, offline(request));
        // then
        assertThat(stage.written()).isEmpty();
    }

    @Test
    void shouldAskAgainUnderTheSameIdWhenALeasePasses() {
        // given
        observeUntilAsked();
        ReflectionRequest lost = stage.nextRequest().orElseThrow();
        // when
        stage.wait(Duration.ofMinutes(11));
        // then
        ReflectionRequest again = stage.nextRequest().orElseThrow();
        assertThat(again.requestId()).isEqualTo(lost.requestId());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.leaseUntil()).isAfter(lost.leaseUntil());
        // and the answer to the first try still counts
        stage.answer(lost, offline(lost));
        assertThat(stage.written()).isNotEmpty();
        // and its lease is over
        stage.wait(Duration.ofMinutes(11));
        assertThat(stage.nextRequest()).isEmpty();
    }

    @Test
    void shouldPutATombstoneOnEveryRowWhenTheThreadIsDeleted() {
        // given
        observeUntilAsked();
        ReflectionRequest request = stage.nextRequest().orElseThrow();
        stage.answer(request, offline(request));
        List<String> rows = stage.written().stream().map(TestRecord::key).toList();
        // when
        stage.command(1, new Command("d", Command.Kind.DELETE, Optional.empty(), Map.of()));
        // then
        List<TestRecord<String, MemoryRecord>> tombstones = stage.written();
        assertThat(tombstones).extracting(TestRecord::key).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(tombstones).allSatisfy(record -> assertThat(record.getValue()).isNull());
        // and what belongs to the deleted thread changes nothing any more
        stage.answer(request, offline(request));
        assertThat(stage.written()).isEmpty();
    }

    @Test
    void shouldHaveWorkersForgetADeletedThreadAfterItsRequests() {
        // given
        observeUntilAsked();
        // when
        stage.command(1, new Command("d", Command.Kind.DELETE, Optional.empty(), Map.of()));
        // then
        assertThat(stage.nextTold()).containsInstanceOf(WorkerRequest.Ask.class);
        assertThat(stage.nextTold()).contains(new WorkerRequest.Forget<>(Stage.THREAD, 1));
        assertThat(stage.nextTold()).isEmpty();
    }

    @Test
    void shouldWriteTheProjectStateAsTheUserEditsIt() {
        // when
        stage.command(0, new Command("e", Command.Kind.EDIT, Optional.empty(),
                Map.of("field", "goals", "op", "add", "value", "ship it by Friday")));
        // then
        assertThat(stage.written()).singleElement()
                .satisfies(record -> assertThat(record.value().event()).isInstanceOfSatisfying(
                        MemoryEvent.StateChanged.class,
                        changed -> assertThat(changed.state().goals()).singleElement()
                                .satisfies(goal -> assertThat(goal.text()).isEqualTo("ship it by Friday"))));
    }

    @Test
    void shouldStayUnderTheThresholdWhenAThreadLivesOnWithTheOfflineReflection() {
        for (int i = 0; i < 300; i++) {
            // when
            stage.observe(0, work(stage.head() + 1));
            for (Optional<ReflectionRequest> asked = stage.nextRequest(); asked.isPresent(); asked = stage
                    .nextRequest()) {
                stage.answer(asked.get(), offline(asked.get()));
                stage.written();
            }
            // then
            assertCovered();
            assertThat(stage.live().stream().mapToLong(Segment::tokens).sum()).isLessThan(THRESHOLD);
        }
    }

    @Test
    void shouldKeepARequestUnderOneMebibyteWhateverTheSegmentsHold() {
        try (Stage large = new Stage(stateDir.resolve("large"), Policy.standard())) {
            // given segments whose characters take three bytes each
            String text = "\u8a18\u61b6".repeat(1_000);
            for (int i = 0; i < 12; i++) {
                long seq = large.head() + 1;
                large.observe(0, IntStream.range(0, 20).mapToObj(_ -> Stage.entry(Kind.FACT, seq, text)).toList());
            }
            // then
            assertThat(large.nextRequestBytes().length).isBetween(100_000, 1 << 20);
        }
    }

    @Test
    void shouldKeepItsNodesStoresAndTopics() throws IOException {
        // given
        TopicNames names = TopicNames.plain();
        TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), names);
        // when
        String described = new ReflectorTopology(names, serdes, Policy.standard(), Stage.FOUR_CHARS).get()
                .describe()
                .toString();
        // then a change of these names would lose the state of running deployments
        try (InputStream golden = getClass().getResourceAsStream("/reflector-topology.txt")) {
            byte[] expected = Objects.requireNonNull(golden).readAllBytes();
            assertThat(described.strip()).isEqualTo(new String(expected, StandardCharsets.UTF_8).strip());
        }
    }

    private List<Segment> observeUntilAsked() {
        List<Segment> observed = new ArrayList<>();
        long tokens = 0;
        while (tokens < THRESHOLD / 2) {
            Segment segment = stage.observe(0, work(stage.head() + 1));
            tokens += segment.tokens();
            observed.add(segment);
        }
        return observed;
    }

    /** Ten turns of an agent at work. */
    private static List<LogEntry> work(long seq) {
        return List.of(Stage.entry(Kind.REQUEST, seq, "Please look into ticket " + seq),
                Stage.entry(Kind.FILE, seq + 1, "read src/module" + seq % 70 + ".py (120 lines)"),
                Stage.entry(Kind.COMMAND, seq + 2, "`pytest -q tests/test_" + seq % 7 + ".py` exited 1"),
                Stage.entry(Kind.ERROR, seq + 3, "`pytest -q tests/test_" + seq % 7 + ".py`: KeyError: " + seq),
                Stage.entry(Kind.FILE, seq + 4, "edited src/module" + seq % 70 + ".py"),
                Stage.entry(Kind.RESOLUTION, seq + 5, "`pytest -q tests/test_" + seq % 7 + ".py` passes again"),
                Stage.entry(Kind.DECISION, seq + 6, "ticket " + seq + " is solved by a default"));
    }

    private static ReflectionResult.Outcome offline(ReflectionRequest request) {
        return OfflineReflection.reflect(request, Stage.FOUR_CHARS);
    }

    private void assertCovered() {
        long next = 0;
        for (Segment segment : stage.live()) {
            assertThat(segment.range().from()).isEqualTo(next);
            next = segment.range().to() + 1;
        }
        assertThat(next).isEqualTo(stage.head() + 1);
    }
}
