package io.mnemosyne.observer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.Observer;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.StageSpans.Request;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;

class ObserverTopologyTest {
    private final Pipeline pipeline;

    ObserverTopologyTest(@TempDir Path stateDir) {
        pipeline = new Pipeline(Policy.standard(), stateDir);
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void shouldCoverALongToolSessionOnceAndInOrder() {
        // given
        pipeline.says(Role.SYSTEM, 2_000, text("You are an agent.")).says(Role.USER, 60, text("Fix the build."));
        // when
        for (int i = 0; i < 300; i++) {
            pipeline.usesTool(i, 300 + (i * 53) % 1_500).observesAll();
        }
        // then
        long next = 0;
        for (Segment segment : pipeline.segments()) {
            assertThat(segment.range().from()).isEqualTo(next);
            next = segment.range().to() + 1;
        }
        assertThat(next).isBetween(pipeline.seq() - 60, pipeline.seq() - 12);
        assertThat(pipeline.journal()).extracting(TestRecord::key).doesNotHaveDuplicates()
                .contains("acme/t-1#0.o0000000000000000000");
    }

    @Test
    void shouldTellOfEachObservationFromTheRequestToWhatBecameOfItAndOfEachActivation() {
        // given
        pipeline.says(Role.USER, 60, text("Fix the build."));
        untilRequests(1);
        ObservationRequest first = pipeline.requests().getLast();
        SpanId span = Request.OBSERVATION.id(first.thread(), 0, first.requestId());
        // when an attempt fails, the next one answers, and an answer comes twice
        pipeline.deliver(Pipeline.answer(first, new ObservationResult.Failed("overloaded", true)));
        pipeline.observes();
        pipeline.observes();
        for (int i = 0; i < 100; i++) {
            pipeline.usesTool(i, 1_000).observesAll();
        }
        // then
        List<SpanEvent> events = pipeline.spans.readValuesToList().stream().map(SpanRecord::event).toList();
        assertThat(events.get(0)).isInstanceOfSatisfying(SpanEvent.Started.class, started -> {
            assertThat(started.id()).isEqualTo(span);
            assertThat(started.place()).isEqualTo(new Place.AtTurn("t-1", 0, first.range().to(), Optional.empty()));
        });
        assertThat(events.get(1)).isInstanceOfSatisfying(SpanEvent.Finished.class, retried -> {
            assertThat(retried.place())
                    .isEqualTo(new Place.AtTurn("t-1", 0, first.range().to(), Optional.of(span)));
            assertThat(retried.span().outcome().message()).contains("overloaded");
        });
        assertThat(events).filteredOn(SpanEvent.Ended.class::isInstance).extracting(end -> ((SpanEvent.Ended) end).id())
                .doesNotHaveDuplicates().startsWith(span);
        assertThat(((SpanEvent.Ended) events.get(2)).facts().metadata()).containsEntry("entries", "1")
                .containsEntry("attempt", "2");
        long started = events.stream().filter(SpanEvent.Started.class::isInstance).count();
        long ended = events.stream().filter(SpanEvent.Ended.class::isInstance).count();
        assertThat(started).isEqualTo(pipeline.requests().stream().filter(asked -> asked.attempt() == 1).count());
        assertThat(started - ended).isBetween(0L, 1L);
        assertThat(events).filteredOn(event -> event.toString().contains("name=activation"))
                .hasSameSizeAs(pipeline.segments()).isNotEmpty();
    }

    @Test
    void shouldSendTheTurnsOfTheRangeWithoutSystemTurnsAndWithWhatIsRememberedSoFar() {
        // given
        pipeline.says(Role.SYSTEM, 2_000, text("You are an agent.")).says(Role.USER, 60, text("Fix the build."));
        untilRequests(1);
        ObservationRequest first = pipeline.requests().getLast();
        // when
        pipeline.observes();
        untilRequests(2);
        // then
        assertThat(first.turns()).extracting(Rendition::seq)
                .containsExactlyElementsOf(seqs(new SeqRange(1, first.range().to())));
        assertThat(first.priorMemory()).isEmpty();
        ObservationRequest second = pipeline.requests().getLast();
        assertThat(second.turns()).extracting(Rendition::seq).containsExactlyElementsOf(seqs(second.range()));
        assertThat(second.priorMemory()).contains("noted of " + first.range());
    }

    @Test
    void shouldKeepARequestSmallHoweverLargeItsTurnsAre() {
        // given a turn with hundreds of large parts
        Part[] parts = new Part[300];
        Arrays.fill(parts, text("x".repeat(50_000)));
        // when
        pipeline.says(Role.USER, 4_000_000, parts).says(Role.ASSISTANT, 10, text("I see."));
        // then
        long shown = pipeline.requests().getFirst().turns().stream().flatMap(turn -> turn.parts().stream())
                .mapToLong(part -> part.content().shown().length()).sum();
        assertThat(shown).isBetween(100_000L, 240_000L);
    }

    @Test
    void shouldDropTheRenditionsOfObservedTurns() {
        // given
        untilRequests(1);
        long before = pipeline.rows(ObserverTopology.RENDITIONS);
        // when
        pipeline.observes();
        // then
        assertThat(pipeline.rows(ObserverTopology.RENDITIONS))
                .isEqualTo(before - pipeline.requests().getFirst().range().size());
    }

    @Test
    void shouldChangeNothingWhenAnAnswerComesTwiceOrFromNowhere() {
        // given
        untilRequests(1);
        ObservationRequest request = pipeline.requests().getFirst();
        pipeline.observes();
        long rows = pipeline.rows(ObserverTopology.RENDITIONS);
        // when
        pipeline.deliver(Pipeline.answer(request, new ObservationResult.Failed("late", true)));
        pipeline.deliver(new ObservationResult(Pipeline.THREAD, 0, "f".repeat(32), 1, new ObservationResult.Expired()));
        // then
        assertThat(pipeline.requests()).hasSize(1);
        assertThat(pipeline.rows(ObserverTopology.RENDITIONS)).isEqualTo(rows);
        assertThat(pipeline.counted(Observer.STALE_RESULT)).isEqualTo(2);
    }

    @Test
    void shouldAskAgainUnderTheSameIdWhenTheLeasePasses() {
        // given
        untilRequests(1);
        ObservationRequest lost = pipeline.requests().getFirst();
        // when
        pipeline.timePasses(Observer.LEASE.minusSeconds(60));
        assertThat(pipeline.requests()).hasSize(1);
        pipeline.timePasses(Duration.ofMinutes(2));
        // then
        assertThat(pipeline.requests()).hasSize(2);
        ObservationRequest again = pipeline.requests().getLast();
        assertThat(again.requestId()).isEqualTo(lost.requestId());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.turns()).isEqualTo(lost.turns());
        // and the first answer still counts
        pipeline.deliver(Pipeline.answer(lost, new ObservationResult.Nothing(
                new io.mnemosyne.core.Provenance("fake", "fake", "1", 0, 0))));
        assertThat(pipeline.counted(Observer.STALE_RESULT)).isZero();
        assertThat(pipeline.rows(ObserverTopology.DEADLINES)).as("only quiet is waited for").isEqualTo(1);
    }

    @Test
    void shouldActivateWhatIsBufferedWhenTheThreadGoesQuiet() {
        // given
        for (int i = 0; i < 24; i++) {
            pipeline.says(Role.USER, 1_000, text("more")).observesAll();
        }
        assertThat(pipeline.segments()).isEmpty();
        // when
        pipeline.timePasses(Duration.ofMinutes(6));
        // then
        assertThat(pipeline.segments()).isNotEmpty();
        pipeline.timePasses(Duration.ofMinutes(30));
        assertThat(pipeline.counted(Observer.STALE_RESULT)).as("quiet is noticed once").isZero();
    }

    @Test
    void shouldEraseEveryTraceWhenTheThreadIsDeleted() {
        // given
        for (int i = 0; i < 60; i++) {
            pipeline.usesTool(i, 1_500).observesAll();
        }
        untilRequests(pipeline.requests().size() + 1);
        ObservationRequest old = pipeline.requests().getLast();
        List<String> written = pipeline.journal().stream().map(TestRecord::key).toList();
        assertThat(written).isNotEmpty();
        pipeline.journal().clear();
        // when
        pipeline.obeys(Command.Kind.DELETE, Map.of());
        pipeline.tombstone(0);
        // then every row is tombstoned before the command is relayed under the new incarnation
        assertThat(pipeline.journal().stream().filter(row -> row.value() == null).map(TestRecord::key))
                .containsExactlyInAnyOrderElementsOf(written);
        assertThat(Objects.requireNonNull(pipeline.journal().getLast().value()).event())
                .isInstanceOf(MemoryEvent.Controlled.class);
        assertThat(pipeline.journal().getLast().key()).startsWith("acme/t-1#1.c0-");
        assertThat(pipeline.rows(ObserverTopology.RENDITIONS)).isZero();
        assertThat(pipeline.rows(ObserverTopology.DEADLINES)).isZero();
        // and what comes late is of another life
        pipeline.deliver(Pipeline.answer(old, new ObservationResult.Failed("late", true)));
        assertThat(pipeline.counted(Observer.OLD_INCARNATION)).isEqualTo(1);
        // and the thread starts afresh
        untilRequests(pipeline.requests().size() + 1);
        assertThat(pipeline.requests().getLast().range().from()).isZero();
        assertThat(pipeline.requests().getLast().incarnation()).isEqualTo(1);
    }

    @Test
    void shouldHaveWorkersForgetADeletedThreadAfterItsLastRequestAndBeforeTheFirstNewOne() {
        // given
        untilRequests(1);
        // when
        pipeline.obeys(Command.Kind.DELETE, Map.of());
        untilRequests(2);
        // then
        assertThat(pipeline.told()).hasSize(3).element(1)
                .isEqualTo(new WorkerRequest.Forget<ObservationRequest>(Pipeline.THREAD, 1));
        // and a command that deletes nothing tells them nothing
        pipeline.obeys(Command.Kind.POLICY, Map.of());
        assertThat(pipeline.told()).hasSize(3);
    }

    @Test
    void shouldFollowThePolicyThatACommandGivesTheThread() {
        // when
        pipeline.obeys(Command.Kind.POLICY, Map.of("budget", "10000"));
        untilRequests(1);
        // then a tenth of the standard budget is observed in tenths of the standard chunks
        assertThat(pipeline.requests().getFirst().range().size()).isLessThan(3);
        MemoryRecord relayed = Objects.requireNonNull(pipeline.journal().getFirst().value());
        assertThat(relayed.event()).isInstanceOf(MemoryEvent.Controlled.class);
    }

    @Test
    void shouldPassOverRecordsThatAddNothing() {
        // when
        pipeline.isSkipped();
        // then
        assertThat(pipeline.rows(ObserverTopology.THREADS)).isZero();
    }

    @Test
    void shouldKeepItsShapeSinceStoresAndNodesAreNamedForLife() throws IOException {
        // when
        String shape = new ObserverTopology(TopicNames.plain(),
                new TopicSerdes(new LocalSchemaIds(), TopicNames.plain()), Policy.standard(), String::length).get()
                .describe().toString();
        // then
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("/observer-topology.txt"))) {
            assertThat(shape).isEqualToNormalizingNewlines(
                    new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void untilRequests(int count) {
        while (pipeline.requests().size() < count) {
            pipeline.says(Role.USER, 500, text("and another thing")).says(Role.ASSISTANT, 500, text("done"));
        }
    }

    private static Part text(String text) {
        return new Part.Text(Content.of(text));
    }

    private static List<Long> seqs(SeqRange range) {
        return LongStream.rangeClosed(range.from(), range.to()).boxed().toList();
    }
}
