package io.mnemosyne.observer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.Observer;
import io.mnemosyne.core.observe.ObserverEffect;
import io.mnemosyne.core.observe.ObserverEvent;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.schemas.streams.StateSerde;

import static org.assertj.core.api.Assertions.assertThat;

/** A head that outgrows a record stops its stage for good, so valid turns must not be able to make one. */
class HeadSizeTest {
    private static final int MAX_HEAD_BYTES = 1024 * 1024;
    private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");
    private static final TokenCounter TOKENS = text -> (text.length() + 3) / 4;

    private final Observer observer = new Observer(TOKENS);
    private final Policy policy = Policy.standard();
    private final List<ObserverEffect.Append> appended = new ArrayList<>();

    /** How often the turns of a thread come, and which one comes when. */
    record Hostile(int turns, IntFunction<RawTurn> turn) {
    }

    @ParameterizedTest
    @MethodSource("hostileThreads")
    void shouldKeepTheHeadSmallWhenNoWorkerAnswersAndCoverAllWhenOneDoes(Hostile thread) {
        // given
        ObserverState state = ObserverState.fresh(Pipeline.THREAD, 0);
        int largest = 0;
        // when
        for (int seq = 0; seq < thread.turns(); seq++) {
            RawTurn body = thread.turn().apply(seq);
            Turn turn = new Turn(Pipeline.THREAD, 0, seq, body, TOKENS.count(body), List.of());
            state = live(state, new ObserverEvent.TurnAppended(0, TurnFacts.of(turn), START.plusSeconds(seq)));
            largest = seq % 10 == 0 ? Math.max(largest, bytes(state)) : largest;
        }
        // then
        assertThat(largest).isLessThan(MAX_HEAD_BYTES);
        // when
        while (state.inFlight().isPresent()) {
            state = live(state, answer(state));
        }
        // then
        assertThat(state.uncoveredTokens()).isLessThan(2 * policy.observationThreshold());
        assertThat(appended.getFirst().segment().range().from()).isZero();
        for (int i = 1; i < appended.size(); i++) {
            assertThat(appended.get(i).segment().range().from())
                    .isEqualTo(appended.get(i - 1).segment().range().to() + 1);
        }
        assertThat(state.watermark()).isEqualTo(appended.getLast().segment().range().to());
    }

    static Stream<Named<Hostile>> hostileThreads() {
        List<Part> calls = parts(1_000, i -> new Part.ToolCall(id(i), "t", Content.of("{}")));
        List<Part> results = parts(1_000, i -> new Part.ToolResult(id(i), "t", Content.of(""), false));
        List<Part> unknown = parts(1_000, i -> new Part.ToolResult("?" + id(i), "", Content.of(""), false));
        return Stream.of(
                Named.of("short turns", new Hostile(20_000,
                        i -> turn(i % 2 == 0 ? Role.USER : Role.ASSISTANT, List.of(new Part.Text(Content.of("a")))))),
                Named.of("results of no call", new Hostile(150, _ -> turn(Role.TOOL, unknown))),
                Named.of("calls without results", new Hostile(150, _ -> turn(Role.ASSISTANT, calls))),
                Named.of("calls with results",
                        new Hostile(150, i -> i % 2 == 0 ? turn(Role.ASSISTANT, calls) : turn(Role.TOOL, results))),
                Named.of("a call and results of no call",
                        new Hostile(150,
                                i -> i == 0 ? turn(Role.ASSISTANT, calls.subList(0, 1)) : turn(Role.TOOL, unknown))));
    }

    private ObserverState live(ObserverState state, ObserverEvent event) {
        Decision<ObserverState, ObserverEffect> decision = observer.decide(state, event, policy);
        decision.effects().stream().filter(ObserverEffect.Append.class::isInstance)
                .map(ObserverEffect.Append.class::cast).forEach(appended::add);
        return decision.state();
    }

    private static ObserverEvent answer(ObserverState state) {
        var sent = state.inFlight().orElseThrow();
        return new ObserverEvent.ResultArrived(new ObservationResult(state.thread(), 0, sent.requestId(),
                sent.attempt(), new ObservationResult.Nothing(new Provenance("p", "m", "1", 0, 0))), START);
    }

    private static int bytes(ObserverState state) {
        return StateSerde.of(ObserverState.class).serializer()
                .serialize("store", state.withChunks(ObserverState.Chunks.NONE)).length;
    }

    private static RawTurn turn(Role role, List<Part> parts) {
        return new RawTurn("e", role, parts, Origin.at(START));
    }

    private static List<Part> parts(int count, IntFunction<Part> part) {
        return IntStream.range(0, count).mapToObj(part).toList();
    }

    /** As long as an id may be. */
    private static String id(int i) {
        return "%0250d".formatted(i);
    }
}
