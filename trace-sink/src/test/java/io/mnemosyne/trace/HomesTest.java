package io.mnemosyne.trace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.Outcome.Level;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceId;
import io.mnemosyne.core.trace.TraceIds;

import static io.mnemosyne.trace.Told.START;
import static io.mnemosyne.trace.Told.at;
import static io.mnemosyne.trace.Told.finished;
import static io.mnemosyne.trace.Told.session;
import static io.mnemosyne.trace.Told.started;
import static org.assertj.core.api.Assertions.assertThat;

class HomesTest {
    private static final ThreadKey LEAD = new ThreadKey(Sink.TENANT, "lead");
    private static final ThreadKey HELPER = new ThreadKey(Sink.TENANT, "helper");
    private static final TraceId TRACE = TraceIds.run(LEAD, 0, 0);
    private static final SpanId STEP = Told.id(5);

    @TempDir
    private Path dir;
    private Sink sink;

    @BeforeEach
    void start() {
        sink = new Sink(dir);
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    @Test
    void shouldPutASpanUnderTheRunThatItsTurnBelongsTo() {
        // given
        sink.tell(Told.root(Sink.TENANT, "lead", 0));
        sink.tell(Told.root(Sink.TENANT, "lead", 4));
        // when
        sink.tell(finished(at("lead", 3), STEP, SpanFacts.NONE));
        sink.tell(finished(at("lead", 4), Told.id(6), SpanFacts.NONE));
        // then
        List<PlacedSpan> placed = sink.finished();
        assertThat(placed).extracting(PlacedSpan::trace).containsExactly(TRACE, TraceIds.run(LEAD, 0, 4));
        assertThat(placed).extracting(PlacedSpan::parent).containsExactly(Optional.of(TraceIds.runSpan(LEAD, 0, 0)),
                Optional.of(TraceIds.runSpan(LEAD, 0, 4)));
        assertThat(placed).allSatisfy(span -> {
            assertThat(span.thread()).contains("lead");
            assertThat(span.span().facts().session()).contains("lead");
        });
    }

    @Test
    void shouldHoldASubAgentsSpansUntilItsCallerIsKnown() {
        // given
        sink.tell(Told.below("helper", 0, "lead", 1, Optional.of("call-1")));
        sink.tell(finished(at("helper", 0), TraceIds.runSpan(HELPER, 0, 0), SpanFacts.NONE));
        sink.tell(finished(at("helper", 0), STEP, SpanFacts.NONE));
        sink.tell(Told.root(Sink.TENANT, "lead", 0));
        assertThat(sink.finished()).isEmpty();
        // when
        sink.tell(finished(at("lead", 1), TraceIds.turn(LEAD, 0, 1), SpanFacts.NONE));
        // then
        List<PlacedSpan> placed = sink.finished();
        assertThat(placed).hasSize(3).allSatisfy(span -> {
            assertThat(span.trace()).isEqualTo(TRACE);
            assertThat(span.span().facts().session()).contains("lead");
        });
        assertThat(Sink.named(placed, "step " + TraceIds.runSpan(HELPER, 0, 0)).orElseThrow().parent())
                .contains(TraceIds.tool(LEAD, 0, 1, "call-1"));
        assertThat(Sink.named(placed, "step " + STEP).orElseThrow().parent())
                .contains(TraceIds.runSpan(HELPER, 0, 0));
    }

    @Test
    void shouldFindTheOnlyToolCallWhereASubAgentDoesNotSayWhichCalledIt() {
        // given
        SpanId tool = TraceIds.tool(LEAD, 0, 1, "call-1");
        sink.tell(Told.below("helper", 0, "lead", 1, Optional.empty()));
        sink.tell(Told.below("other", 0, "lead", 2, Optional.empty()));
        sink.tell(finished(at("helper", 0), TraceIds.runSpan(HELPER, 0, 0), SpanFacts.NONE));
        SpanId other = TraceIds.runSpan(new ThreadKey(Sink.TENANT, "other"), 0, 0);
        sink.tell(finished(at("other", 0), other, SpanFacts.NONE));
        sink.tell(Told.root(Sink.TENANT, "lead", 0));
        sink.tell(finished(at("lead", 1), TraceIds.turn(LEAD, 0, 1), SpanFacts.NONE));
        sink.tell(started(at("lead", 1), tool, SpanType.TOOL, START, SpanFacts.NONE));
        sink.tell(finished(at("lead", 2), TraceIds.turn(LEAD, 0, 2), SpanFacts.NONE));
        sink.tell(started(at("lead", 2), Told.id(8), SpanType.TOOL, START, SpanFacts.NONE));
        sink.tell(started(at("lead", 2), Told.id(9), SpanType.TOOL, START, SpanFacts.NONE));
        // when
        sink.pass(Asks.GRACE);
        // then
        List<PlacedSpan> placed = sink.finished();
        assertThat(Sink.named(placed, "step " + TraceIds.runSpan(HELPER, 0, 0)).orElseThrow().parent()).contains(tool);
        assertThat(Sink.named(placed, "step " + other).orElseThrow().parent()).contains(TraceIds.turn(LEAD, 0, 2));
    }

    @Test
    void shouldKeepTheSessionThatARootSaysForAllBelowIt() {
        // given
        sink.tell(Told.root(Sink.TENANT, "lead", 0));
        sink.tell(started(at("lead", 0), TraceIds.runSpan(LEAD, 0, 0), SpanType.AGENT, START, session("chat-42")));
        sink.tell(finished(at("lead", 1), TraceIds.turn(LEAD, 0, 1), SpanFacts.NONE));
        sink.finished();
        // when
        sink.tell(Told.below("helper", 0, "lead", 1, Optional.of("call-1")));
        sink.tell(finished(at("helper", 0), STEP, SpanFacts.NONE));
        // then
        assertThat(sink.onlyFinished().span().facts().session()).contains("chat-42");
    }

    @Test
    void shouldPutRunsWhoseCallerNeverComesUnderOnePlaceholder() {
        // given
        sink.tell(Told.below("helper", 0, "lead", 1, Optional.of("call-1")));
        sink.tell(Told.below("other", 0, "lead", 1, Optional.of("call-1")));
        sink.tell(finished(at("helper", 0), TraceIds.runSpan(HELPER, 0, 0), SpanFacts.NONE));
        sink.tell(finished(at("other", 0), TraceIds.runSpan(new ThreadKey(Sink.TENANT, "other"), 0, 0),
                SpanFacts.NONE));
        // when
        sink.pass(Duration.ofMinutes(6));
        sink.pass(Duration.ofMinutes(6));
        // then
        List<PlacedSpan> placed = sink.finished();
        assertThat(placed).hasSize(3)
                .allSatisfy(span -> assertThat(span.trace()).isEqualTo(TraceIds.home(Sink.TENANT, "lead")));
        PlacedSpan placeholder = Sink.named(placed, "(not received)").orElseThrow();
        assertThat(placeholder.parent()).isEmpty();
        assertThat(placed).filteredOn(span -> span != placeholder)
                .allSatisfy(span -> assertThat(span.parent()).contains(placeholder.span().id()));
    }

    @Test
    void shouldStayWhereItWasOnceItIsDecided() {
        // given
        sink.tell(Told.below("helper", 0, "lead", 1, Optional.of("call-1")));
        sink.tell(finished(at("helper", 0), STEP, SpanFacts.NONE));
        sink.pass(Duration.ofMinutes(6));
        TraceId decided = sink.finished().getFirst().trace();
        // when
        sink.tell(Told.root(Sink.TENANT, "lead", 0));
        sink.tell(finished(at("lead", 1), TraceIds.turn(LEAD, 0, 1), SpanFacts.NONE));
        sink.tell(finished(at("helper", 1), Told.id(6), SpanFacts.NONE));
        // then
        assertThat(sink.finished()).filteredOn(span -> span.thread().filter("helper"::equals).isPresent())
                .extracting(PlacedSpan::trace).containsExactly(decided);
    }

    @Test
    void shouldEndInAPlaceholderWhenThreadsNameEachOtherAsCaller() {
        // given
        sink.tell(Told.below("lead", 0, "helper", 0, Optional.of("call-1")));
        sink.tell(Told.below("helper", 0, "lead", 0, Optional.of("call-2")));
        sink.tell(finished(at("lead", 0), TraceIds.runSpan(LEAD, 0, 0), SpanFacts.NONE));
        sink.tell(finished(at("helper", 0), TraceIds.runSpan(HELPER, 0, 0), SpanFacts.NONE));
        // when
        sink.pass(Duration.ofMinutes(6));
        sink.pass(Duration.ofMinutes(6));
        sink.pass(Duration.ofMinutes(20));
        // then
        List<PlacedSpan> placed = sink.finished();
        assertThat(placed).filteredOn(span -> span.span().name().startsWith("step")).hasSize(2);
        assertThat(placed).anySatisfy(span -> assertThat(span.span().name()).isEqualTo("(not received)"));
        assertThat(placed).filteredOn(span -> span.parent().isPresent()).allSatisfy(span -> assertThat(placed)
                .anySatisfy(above -> assertThat(above.span().id()).isEqualTo(span.parent().orElseThrow())));
    }

    @Test
    void shouldSendSpansOfAThreadThatWasNeverLinkedInATraceOfTheirOwn() {
        // given
        sink.tell(finished(at("lead", 3), STEP, SpanFacts.NONE));
        assertThat(sink.finished()).isEmpty();
        // when
        sink.pass(Duration.ofMinutes(6));
        // then
        PlacedSpan placed = sink.onlyFinished();
        assertThat(placed.trace()).isEqualTo(TraceIds.home(Sink.TENANT, "lead"));
        assertThat(placed.span().facts().session()).contains("lead");
    }

    @Test
    void shouldNotPutAnAgentsSpanIntoAnEarlierRunWhenItOvertakesItsLink() {
        // given
        sink.tell(Told.root(Sink.TENANT, "lead", 0));
        // when
        sink.tellRaw(Sink.TENANT, finished(at("lead", 5), STEP, SpanFacts.NONE));
        assertThat(sink.finished()).isEmpty();
        sink.tell(Told.root(Sink.TENANT, "lead", 4));
        sink.tell(finished(at("lead", 5), Told.id(6), SpanFacts.NONE));
        // then
        assertThat(sink.finished()).hasSize(2)
                .allSatisfy(span -> assertThat(span.trace()).isEqualTo(TraceIds.run(LEAD, 0, 4)));
    }

    @Test
    void shouldTakeAnAgentsSpanForTheLatestIncarnationWhenItNamesNone() {
        // given
        sink.tell(new SpanEvent.Linked("lead", 2, 0,
                new SpanEvent.Target.ToTrace(TraceIds.run(LEAD, 2, 0), Optional.empty())));
        // when
        sink.tellRaw(Sink.TENANT, finished(at("lead", 0), STEP, SpanFacts.NONE));
        // then
        assertThat(sink.onlyFinished().trace()).isEqualTo(TraceIds.run(LEAD, 2, 0));
    }

    @Test
    void shouldNestTenDeep() {
        // given
        for (int depth = 10; depth > 0; depth--) {
            sink.tell(Told.below("t" + depth, 0, "t" + (depth - 1), 0, Optional.of("c")));
            sink.tell(finished(at("t" + depth, 0), Told.id(depth), SpanFacts.NONE));
        }
        assertThat(sink.finished()).isEmpty();
        // when
        sink.tell(Told.root(Sink.TENANT, "t0", 0));
        // then
        assertThat(sink.finished()).hasSize(10).allSatisfy(span -> {
            assertThat(span.trace()).isEqualTo(TraceIds.run(new ThreadKey(Sink.TENANT, "t0"), 0, 0));
            assertThat(span.span().facts().session()).contains("t0");
        });
    }

    @Test
    void shouldKeepWhatIsHeldOverARestart() {
        // given
        sink.tell(Told.below("helper", 0, "lead", 0, Optional.of("call-1")));
        sink.tell(finished(at("helper", 0), STEP, SpanFacts.NONE));
        // when
        sink.restart();
        sink.tell(Told.root(Sink.TENANT, "lead", 0));
        // then
        assertThat(sink.onlyFinished().trace()).isEqualTo(TRACE);
    }

    @Test
    void shouldKeepOnlyTheNewestLinkOfAThreadAfterADay() {
        // given
        for (int seq = 0; seq < 20; seq += 2) {
            sink.tell(Told.root(Sink.TENANT, "lead", seq));
            sink.tell(finished(at("lead", seq + 1), TraceIds.turn(LEAD, 0, seq + 1), SpanFacts.NONE));
        }
        sink.finished();
        // when
        sink.pass(Duration.ofHours(25));
        // then
        assertThat(sink.rows()).containsEntry(Stores.LINKS, 1L).containsEntry(Stores.TURNS, 1L);
    }

    @Test
    void shouldMarkWhatWasGuessedWithAWarning() {
        // given
        sink.tell(Told.below("helper", 0, "lead", 1, Optional.of("call-1")));
        sink.tell(finished(at("helper", 0), TraceIds.runSpan(HELPER, 0, 0), SpanFacts.NONE));
        // when
        sink.pass(Duration.ofMinutes(6));
        sink.pass(Duration.ofMinutes(6));
        // then
        assertThat(Sink.named(sink.finished(), "(not received)").orElseThrow().span().outcome().level())
                .isEqualTo(Level.WARNING);
        assertThat(sink.count("link.unanswered")).isEqualTo(1);
    }
}
