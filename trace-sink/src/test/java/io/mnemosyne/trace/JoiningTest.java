package io.mnemosyne.trace;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Outcome.Level;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceIds;

import static io.mnemosyne.trace.Told.START;
import static io.mnemosyne.trace.Told.atRoot;
import static io.mnemosyne.trace.Told.ended;
import static io.mnemosyne.trace.Told.finished;
import static io.mnemosyne.trace.Told.in;
import static io.mnemosyne.trace.Told.session;
import static io.mnemosyne.trace.Told.started;
import static io.mnemosyne.trace.Told.texts;
import static org.assertj.core.api.Assertions.assertThat;

class JoiningTest {
    private static final SpanId ROOT = Told.id(1);
    private static final SpanId CHILD = Told.id(2);

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
    void shouldMakeOneSpanOfStartAndEndWhicheverComesFirst() {
        // given
        Instant later = START.plusSeconds(9);
        // when
        sink.tell(started(atRoot(), ROOT, SpanType.GENERATION, START, texts("question", "")));
        sink.tell(ended(atRoot(), ROOT, later, texts("", "answer")));
        sink.tell(ended(in(ROOT), CHILD, later, texts("", "answer")));
        sink.tell(started(in(ROOT), CHILD, SpanType.TOOL, START, texts("question", "")));
        // then
        assertThat(sink.finished()).hasSize(2).allSatisfy(placed -> {
            assertThat(placed.trace()).isEqualTo(Told.TRACE);
            assertThat(placed.span().startedAt()).isEqualTo(START);
            assertThat(placed.span().endedAt()).isEqualTo(later);
            assertThat(placed.span().facts().input()).contains("question");
            assertThat(placed.span().facts().output()).contains("answer");
        }).extracting(PlacedSpan::parent).containsExactly(Optional.empty(), Optional.of(ROOT));
    }

    @Test
    void shouldSendASpanOnceHoweverOftenItIsTold() {
        // given
        sink.tell(finished(atRoot(), ROOT, session("chat")));
        // when
        sink.tell(finished(atRoot(), ROOT, session("chat")));
        sink.pass(Duration.ofHours(20));
        sink.tell(ended(atRoot(), ROOT, START.plusSeconds(3), SpanFacts.NONE));
        sink.pass(Duration.ofHours(1));
        // then
        assertThat(sink.finished()).hasSize(1);
        assertThat(sink.count("span.repeated")).isEqualTo(2);
    }

    @Test
    void shouldCloseASpanWithoutEndWhenItsTraceFallsSilent() {
        // given
        sink.tell(started(atRoot(), ROOT, SpanType.AGENT, START, session("chat")));
        sink.tell(started(in(ROOT), CHILD, SpanType.TOOL, START.plusSeconds(1), SpanFacts.NONE));
        sink.pass(Duration.ofMinutes(14));
        sink.tell(finished(in(ROOT), Told.id(3), SpanFacts.NONE));
        // when
        sink.pass(Duration.ofMinutes(14));
        // then
        assertThat(sink.finished()).extracting(placed -> placed.span().id()).containsExactly(Told.id(3));
        // when
        sink.pass(Duration.ofMinutes(2));
        // then
        assertThat(sink.finished()).hasSize(2).allSatisfy(
                placed -> assertThat(placed.span().endedAt()).isEqualTo(START.plusSeconds(1)))
                .extracting(placed -> placed.span().outcome())
                .containsExactlyInAnyOrder(Outcome.SUCCESS, new Outcome(Level.WARNING,
                        Optional.of("no end within 15m after the last news of the trace")));
    }

    @Test
    void shouldMakeASpanWithoutLengthOfAnEndWhoseStartNeverCame() {
        // given
        sink.tell(ended(atRoot(), ROOT, START, texts("", "answer")));
        // when
        sink.pass(Duration.ofMinutes(16));
        // then
        PlacedSpan placed = sink.onlyFinished();
        assertThat(placed.span().startedAt()).isEqualTo(START);
        assertThat(placed.span().endedAt()).isEqualTo(START);
        assertThat(placed.span().outcome().level()).isEqualTo(Level.WARNING);
        assertThat(placed.span().facts().output()).contains("answer");
    }

    @Test
    void shouldPutAPlaceholderWhereAParentNeverCame() {
        // given
        sink.tell(finished(in(ROOT), CHILD, session("chat")));
        sink.tell(finished(in(ROOT), Told.id(3), session("chat")));
        sink.finished();
        // when
        sink.pass(Duration.ofMinutes(6));
        // then
        PlacedSpan placeholder = sink.onlyFinished();
        assertThat(placeholder.span().id()).isEqualTo(ROOT);
        assertThat(placeholder.parent()).isEmpty();
        assertThat(placeholder.span().name()).isEqualTo("(not received)");
        assertThat(placeholder.span().startedAt()).isEqualTo(START);
        assertThat(placeholder.span().endedAt()).isEqualTo(START.plusSeconds(1));
        assertThat(placeholder.span().facts().session()).contains("chat");
        assertThat(placeholder.span().outcome().level()).isEqualTo(Level.WARNING);
    }

    @Test
    void shouldPutAParentThatComesAfterItsPlaceholderBelowIt() {
        // given
        sink.tell(finished(in(ROOT), CHILD, session("chat")));
        sink.pass(Duration.ofMinutes(6));
        sink.finished();
        // when
        sink.tell(finished(atRoot(), ROOT, session("chat")));
        sink.tell(finished(atRoot(), ROOT, session("chat")));
        sink.pass(Duration.ofMinutes(20));
        // then
        PlacedSpan late = sink.onlyFinished();
        assertThat(late.span().id()).isEqualTo(TraceIds.derived(ROOT, "late", 0));
        assertThat(late.parent()).contains(ROOT);
        assertThat(late.span().name()).isEqualTo("step " + ROOT);
    }

    @Test
    void shouldNotReplaceAParentThatIsStillOpen() {
        // given
        sink.tell(started(atRoot(), ROOT, SpanType.AGENT, START, session("chat")));
        sink.tell(finished(in(ROOT), CHILD, SpanFacts.NONE));
        // when
        sink.pass(Duration.ofMinutes(10));
        sink.tell(ended(atRoot(), ROOT, START.plusSeconds(5), SpanFacts.NONE));
        sink.pass(Duration.ofMinutes(20));
        // then
        assertThat(sink.finished()).extracting(placed -> placed.span().id()).containsExactly(CHILD, ROOT);
    }

    @Test
    void shouldHoldSpansUntilTheirTraceSaysItsSession() {
        // given: as OpenTelemetry does it, children end before the root that knows the session
        sink.tell(finished(in(ROOT), CHILD, SpanFacts.NONE));
        assertThat(sink.finished()).isEmpty();
        // when
        sink.tell(finished(atRoot(), ROOT, session("chat")));
        // then
        assertThat(sink.finished()).hasSize(2)
                .allSatisfy(placed -> assertThat(placed.span().facts().session()).contains("chat"));
    }

    @Test
    void shouldSendSpansWithoutASessionAfterAWhileAndThenAtOnce() {
        // given
        sink.tell(finished(atRoot(), ROOT, SpanFacts.NONE));
        // when
        sink.pass(Duration.ofMinutes(6));
        // then
        assertThat(sink.onlyFinished().span().facts().session()).isEmpty();
        // when
        sink.tell(finished(in(ROOT), CHILD, SpanFacts.NONE));
        // then
        assertThat(sink.onlyFinished().span().id()).isEqualTo(CHILD);
    }

    @Test
    void shouldSendLargeHalvesAsTwoSpansWhenTogetherTheyAreTooLargeForARecord() {
        // given
        String large = "x".repeat(9 << 20);
        // when
        sink.tell(started(atRoot(), ROOT, SpanType.TOOL, START, texts(large, "")));
        sink.tell(ended(atRoot(), ROOT, START.plusSeconds(1), texts("", large)));
        // then
        List<PlacedSpan> both = sink.finished();
        assertThat(both).hasSize(2);
        assertThat(both.getFirst().span().facts().output()).contains(large);
        assertThat(both.getFirst().span().facts().input()).isEmpty();
        assertThat(both.getLast().parent()).contains(ROOT);
        assertThat(both.getLast().span().facts().input()).contains(large);
    }

    @Test
    void shouldForgetATraceThatHasBeenSilentForLong() {
        // given
        sink.tell(started(atRoot(), ROOT, SpanType.AGENT, START, session("chat")));
        sink.tell(finished(in(Told.id(7)), CHILD, SpanFacts.NONE));
        // when
        sink.pass(Duration.ofMinutes(20));
        sink.pass(Duration.ofHours(48));
        // then
        assertThat(sink.rows().values()).containsOnly(0L);
    }

    @Test
    void shouldGoOnAfterARestartWhereItWas() {
        // given
        sink.tell(started(atRoot(), ROOT, SpanType.TOOL, START, texts("question", "")));
        sink.tell(finished(in(ROOT), CHILD, session("chat")));
        assertThat(sink.onlyFinished().span().id()).isEqualTo(CHILD);
        // when
        sink.restart();
        sink.tell(finished(in(ROOT), CHILD, session("chat")));
        sink.tell(ended(atRoot(), ROOT, START.plusSeconds(1), texts("", "answer")));
        // then
        PlacedSpan placed = sink.onlyFinished();
        assertThat(placed.span().id()).isEqualTo(ROOT);
        assertThat(placed.span().facts().input()).contains("question");
    }
}
