package io.mnemosyne.core.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanEvent.Target;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.core.trace.TraceIds;
import io.mnemosyne.core.trace.Tracing;

import static org.assertj.core.api.Assertions.assertThat;

class TurnTracerTest {
    private static final TraceContext THEIRS = TraceContext
            .parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").orElseThrow();

    private final ThreadUnderTest thread = new ThreadUnderTest(Tracing.FULL);

    @Test
    void shouldTellARunFromWhatTheUserSaysToWhatTheUserSaysNext() {
        // when
        thread.receive("s", Role.SYSTEM, text("be good"));
        thread.receive("u", Role.USER, text("list the files"));
        thread.receive("a", Role.ASSISTANT, text("I look"), call("c1", "bash"));
        thread.receive("r", Role.TOOL, result("c1", "a.txt", false));
        thread.receive("d", Role.ASSISTANT, text("one file"));
        thread.receive("v", Role.USER, text("thanks"));
        // then
        assertThat(started(SpanType.AGENT)).extracting(SpanEvent.Started::id).containsExactly(run(0), run(5));
        SpanEvent.Ended run = ended(run(0));
        assertThat(run.facts().output()).contains("one file");
        assertThat(run.at()).isEqualTo(Instant.ofEpochSecond(5));
        assertThat(links()).extracting(SpanEvent.Linked::fromSeq).containsExactly(0L, 5L);
        assertThat(links()).extracting(SpanEvent.Linked::target).first()
                .isEqualTo(new Target.ToTrace(TraceIds.run(ThreadUnderTest.THREAD, 0, 0), Optional.empty()));
        assertThat(finished()).extracting(Span::name).containsExactly("session", "system", "user", "chat", "chat",
                "user");
    }

    @Test
    void shouldGiveAModelCallTheMessagesSinceTheOneBefore() {
        // when
        thread.receive("u", Role.USER, text("list the files"));
        thread.receive("a", Role.ASSISTANT, text("I look"), call("c1", "bash"));
        thread.receive("r", Role.TOOL, result("c1", "a.txt", false));
        thread.receive("d", Role.ASSISTANT, text("one file"));
        // then
        List<Span> calls = finished(SpanType.GENERATION);
        assertThat(calls).extracting(call -> call.facts().input().orElse("")).containsExactly(
                "[{\"role\":\"user\",\"content\":\"list the files\"}]",
                "[{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"name\":\"bash\",\"content\":\"a.txt\"}]");
        assertThat(calls.getFirst().facts().output()).contains("{\"role\":\"assistant\",\"content\":\"I look\","
                + "\"tool_calls\":[{\"id\":\"c1\",\"name\":\"bash\",\"arguments\":{\"x\":1}}]}");
        assertThat(calls.getLast().startedAt()).isEqualTo(Instant.ofEpochSecond(3));
        assertThat(calls.getLast().endedAt()).isEqualTo(Instant.ofEpochSecond(4));
    }

    @Test
    void shouldTellAToolFromItsCallToItsResult() {
        // when
        thread.receive("a", Role.ASSISTANT, call("c1", "bash"), call("c2", "read"));
        thread.receive("r", Role.TOOL, result("c2", "no such file", true));
        // then
        SpanId failed = TraceIds.tool(ThreadUnderTest.THREAD, 0, 0, "c2");
        SpanEvent.Started begun = started(SpanType.TOOL).get(1);
        assertThat(begun.id()).isEqualTo(failed);
        assertThat(begun.name()).isEqualTo("read");
        assertThat(begun.facts().input()).contains("{\"x\":1}");
        assertThat(ended(failed).outcome()).isEqualTo(Outcome.error("no such file"));
        assertThat(ended(failed).place()).isEqualTo(begun.place());
        assertThat(thread.head.run().orElseThrow().open()).extracting(TracedRun.OpenTool::callId)
                .containsExactly("c1");
    }

    @Test
    void shouldShowAMovedResultInFullInItsSpanAndShortenedInTheInputOfTheNextCall() {
        // given
        String large = "line of output\n".repeat(100_000);
        // when
        thread.receive("a", Role.ASSISTANT, call("c1", "bash"));
        thread.receive("r", Role.TOOL, result("c1", large, false));
        thread.receive("b", Role.ASSISTANT, text("long"));
        // then
        assertThat(ended(TraceIds.tool(ThreadUnderTest.THREAD, 0, 0, "c1")).facts().output()).contains(large);
        assertThat(finished(SpanType.GENERATION).getLast().facts().input().orElse("")).contains("left out")
                .hasSizeLessThan(10_000);
    }

    @Test
    void shouldKeepEverySpanWithinARecordWhenATextGrowsAsJson() {
        // given
        String hostile = "\u0001".repeat(6 << 20);
        // when
        thread.receive("a", Role.ASSISTANT, text(hostile), call("c1", "bash"));
        thread.receive("u", Role.USER, text(hostile), new Part.Image("image/png", Content.of("iVBOR")));
        // then
        assertThat(finished()).allSatisfy(span -> assertThat(Sha256.utf8Length(span.facts().input().orElse(""))
                + Sha256.utf8Length(span.facts().output().orElse(""))).isLessThan((15 << 20) + (300 << 10)));
    }

    @Test
    void shouldPutTheRunUnderTheStepThatTheTurnNames() {
        // when
        thread.live(turn("u", Role.USER, origin(Optional.of(THEIRS), Map.of())));
        // then
        assertThat(links().getFirst().target())
                .isEqualTo(new Target.ToTrace(THEIRS.trace(), Optional.of(THEIRS.span())));
        assertThat(thread.context)
                .contains(new TraceContext(THEIRS.trace(), TraceIds.turn(ThreadUnderTest.THREAD, 0, 0), true));
    }

    @Test
    void shouldPutEveryRunOfASubAgentUnderTheCallThatStartedIt() {
        // given only the first turn says who called
        Origin called = new Origin(Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(),
                Optional.of("parent"), OptionalLong.of(7), Optional.of("c9"), Optional.empty(), Map.of());
        // when
        thread.live(turn("u", Role.USER, called));
        thread.receive("a", Role.ASSISTANT, text("done"));
        thread.receive("v", Role.USER, text("more"));
        // then
        assertThat(links()).extracting(SpanEvent.Linked::target)
                .containsOnly(new Target.ToTurn("parent", 7, Optional.of("c9"))).hasSize(2);
        assertThat(finished()).extracting(Span::name).doesNotContain("session");
        assertThat(thread.context).isEmpty();
    }

    @Test
    void shouldCountTheUsageOfAMessageOnce() {
        // given one message of a model, told in two turns
        Map<String, String> usage = Map.of("usage", "{\"input_tokens\":5,\"cache_read_input_tokens\":100,"
                + "\"cache_creation_input_tokens\":20,\"output_tokens\":7}", "user_id", "\"ada\"");
        Origin origin = new Origin(Optional.empty(), OptionalLong.empty(), Optional.of("m1"), Optional.of("opus"),
                Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), usage);
        // when
        thread.live(turn("a", Role.ASSISTANT, origin));
        thread.live(turn("b", Role.ASSISTANT, origin));
        // then
        List<Span> calls = finished(SpanType.GENERATION);
        assertThat(calls).extracting(call -> call.facts().usage()).containsExactly(Map.of("input", 5L,
                "input_cached_tokens", 100L, "input_cache_creation", 20L, "output", 7L), Map.of());
        assertThat(calls.getFirst().facts().user()).contains("ada");
        assertThat(calls.getFirst().name()).isEqualTo("chat opus");
    }

    @Test
    void shouldContinueAVeryLongRunInANewTraceThatSaysWhichItContinues() {
        // when
        thread.receive("u", Role.USER, text("work"));
        for (int i = 1; i <= 1_000; i++) {
            thread.receive("a" + i, Role.ASSISTANT, text("step " + i));
        }
        // then
        assertThat(started(SpanType.AGENT)).hasSize(2).last().satisfies(next -> {
            assertThat(next.id()).isEqualTo(run(1_000));
            assertThat(next.facts().metadata()).containsEntry("continues.span", run(0).hex())
                    .containsEntry("continues.trace", TraceIds.run(ThreadUnderTest.THREAD, 0, 0).hex());
        });
        assertThat(ended(run(0)).facts().output()).contains("step 999");
    }

    @Test
    void shouldShowNothingOfWhatWasSaidWhenContentIsWithheld() {
        // given
        ThreadUnderTest silent = new ThreadUnderTest(Tracing.with(Tracing.Content.NONE));
        // when
        silent.receive("u", Role.USER, text("sesame"));
        silent.receive("a", Role.ASSISTANT, text("sesame"), call("c1", "bash"));
        silent.receive("r", Role.TOOL, result("c1", "sesame", true));
        silent.receive("v", Role.USER, text("sesame"));
        // then
        assertThat(silent.spans).hasSizeGreaterThan(8).extracting(Object::toString)
                .noneMatch(span -> span.contains("sesame"));
        assertThat(silent.head.toString()).doesNotContain("sesame");
    }

    @Test
    void shouldTellNothingWhenTracingIsOff() {
        // given
        ThreadUnderTest untraced = new ThreadUnderTest();
        // when
        untraced.receive("u", Role.USER, text("hello"));
        // then
        assertThat(untraced.spans).isEmpty();
        assertThat(untraced.head.run()).isEmpty();
    }

    @Test
    void shouldTellNothingOfARecordThatAddsNoTurn() {
        // given
        thread.receive("u", Role.USER, text("hello"));
        int before = thread.spans.size();
        // when
        thread.receive("u", Role.USER, text("a duplicate"));
        thread.receive("", Role.USER, text("no id"));
        thread.live(new RawEvent.Unreadable("no Avro"));
        // then
        assertThat(thread.spans).hasSize(before);
    }

    @Property(tries = 200)
    void everyToolEndsOnceOrStaysOpenAndNoIdIsUsedTwice(@ForAll("conversations") List<RawTurn> turns) {
        // given
        ThreadUnderTest living = new ThreadUnderTest(Tracing.FULL);
        // when
        turns.forEach(turn -> living.live(new RawEvent.Received(turn)));
        // then
        Map<SpanId, SpanEvent.Started> begun = new HashMap<>();
        Set<SpanId> over = new HashSet<>();
        for (SpanEvent event : living.spans) {
            switch (event) {
                case SpanEvent.Started started -> assertThat(begun.put(started.id(), started)).isNull();
                case SpanEvent.Ended ended -> {
                    assertThat(begun).containsKey(ended.id());
                    assertThat(begun.get(ended.id()).place()).isEqualTo(ended.place());
                    assertThat(begun.get(ended.id()).at()).isBeforeOrEqualTo(ended.at());
                    assertThat(over.add(ended.id())).isTrue();
                }
                case SpanEvent.Finished finished -> {
                    assertThat(over.add(finished.span().id())).isTrue();
                    assertThat(finished.span().startedAt()).isBeforeOrEqualTo(finished.span().endedAt());
                }
                case SpanEvent.Linked _ -> {
                    // no span
                }
            }
        }
        Set<SpanId> open = begun.keySet().stream().filter(id -> !over.contains(id)).collect(Collectors.toSet());
        List<SpanId> running = new ArrayList<>(living.head.run().stream().flatMap(run -> run.open().stream())
                .map(tool -> TraceIds.tool(ThreadUnderTest.THREAD, 0, tool.seq(), tool.name())).toList());
        living.head.run().ifPresent(run -> running.add(run(run.fromSeq())));
        assertThat(open).containsExactlyInAnyOrderElementsOf(running);
    }

    @Property(tries = 50)
    void theSameTurnsGiveTheSameSpans(@ForAll("conversations") List<RawTurn> turns) {
        // given
        ThreadUnderTest living = new ThreadUnderTest(Tracing.FULL);
        ThreadUnderTest again = new ThreadUnderTest(Tracing.FULL);
        // when
        turns.forEach(turn -> living.live(new RawEvent.Received(turn)));
        turns.forEach(turn -> again.live(new RawEvent.Received(turn)));
        // then
        assertThat(again.spans).isEqualTo(living.spans);
    }

    /** Calls and results at random, with few ids, so that they repeat, stay away or come twice. */
    @Provide
    Arbitrary<List<RawTurn>> conversations() {
        Arbitrary<Part> part = Arbitraries.of("", "c1", "c2", "c3").flatMap(id -> Arbitraries.of(
                call(id, "bash"), result(id, "out", false), result(id, "bad", true), text("words")));
        Arbitrary<List<Part>> parts = part.list().ofMaxSize(4);
        Arbitrary<Optional<Instant>> at = Arbitraries.longs().between(0, 100).map(Instant::ofEpochSecond).optional(0.5);
        return Arbitraries.of(Role.values())
                .flatMap(role -> parts.flatMap(list -> at.map(time -> new RawTurn("", role, list,
                        time.map(Origin::at).orElse(Origin.UNKNOWN)))))
                .list().ofMaxSize(30).map(TurnTracerTest::numbered);
    }

    private static List<RawTurn> numbered(List<RawTurn> turns) {
        return Stream.iterate(0, i -> i < turns.size(), i -> i + 1).map(i -> new RawTurn("e" + i, turns.get(i).role(),
                turns.get(i).parts(), turns.get(i).origin())).toList();
    }

    private static RawEvent turn(String id, Role role, Origin origin) {
        return new RawEvent.Received(new RawTurn(id, role, List.of(text("hello")), origin));
    }

    private static Origin origin(Optional<TraceContext> context, Map<String, String> attributes) {
        return new Origin(Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), OptionalLong.empty(), Optional.empty(), context, attributes);
    }

    private static Part text(String text) {
        return new Part.Text(Content.of(text));
    }

    private static Part call(String id, String name) {
        return new Part.ToolCall(id, name, Content.of("{\"x\":1}"));
    }

    private static Part result(String callId, String text, boolean error) {
        return new Part.ToolResult(callId, "bash", Content.of(text), error);
    }

    private static SpanId run(long seq) {
        return TraceIds.runSpan(ThreadUnderTest.THREAD, 0, seq);
    }

    private List<SpanEvent.Started> started(SpanType type) {
        return events(SpanEvent.Started.class).filter(started -> started.type() == type).toList();
    }

    private SpanEvent.Ended ended(SpanId id) {
        return events(SpanEvent.Ended.class).filter(ended -> ended.id().equals(id)).findFirst().orElseThrow();
    }

    private List<SpanEvent.Linked> links() {
        return events(SpanEvent.Linked.class).toList();
    }

    private List<Span> finished() {
        return events(SpanEvent.Finished.class).map(SpanEvent.Finished::span).toList();
    }

    private List<Span> finished(SpanType type) {
        return finished().stream().filter(span -> span.type() == type).toList();
    }

    private <T extends SpanEvent> Stream<T> events(Class<T> kind) {
        return thread.spans.stream().filter(kind::isInstance).map(kind::cast);
    }
}
