package io.mnemosyne.observer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.Observer;
import io.mnemosyne.core.observe.ObserverEffect;
import io.mnemosyne.core.observe.ObserverEvent;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.schemas.streams.StateSerde;

import static org.assertj.core.api.Assertions.assertThat;

/** A restart loads what was stored; nothing may be different from then on. */
class StateRestoreTest {
    private static final Instant START = Instant.parse("2026-11-01T09:00:00.123Z");

    private final Observer observer = new Observer(text -> text.length() / 4 + 1);
    private final Policy policy = Policy.standard().scaledTo(10_000);

    @Test
    void shouldDecideTheSameWhenItIsRestartedBeforeEveryEvent() {
        // given
        ObserverState running = ObserverState.fresh(Pipeline.THREAD, 0);
        ObserverState restarted = running;
        Instant at = START;
        int segments = 0;
        for (int i = 0; i < 200; i++) {
            at = at.plusSeconds(1);
            ObserverEvent event = i == 50
                    ? new ObserverEvent.Controlled(0,
                            new Command("c", Command.Kind.POLICY, Optional.of(at), Map.of("budget", "20000")), at)
                    : i % 40 == 39
                            ? new ObserverEvent.Controlled(0,
                                    new Command("u" + i, Command.Kind.USAGE, Optional.of(at),
                                            Map.of("inputTokens", "190000")),
                                    at)
                            : running.inFlight().isPresent() && i % 3 == 0 ? answer(running, at) : turn(running, i, at);
            // when
            Decision<ObserverState, ObserverEffect> here = observer.decide(running, event, policy);
            Decision<ObserverState, ObserverEffect> there = observer.decide(stored(restarted), event, policy);
            // then
            assertThat(there).isEqualTo(here);
            segments += (int) here.effects().stream().filter(ObserverEffect.Append.class::isInstance).count();
            running = here.state();
            restarted = there.state();
        }
        assertThat(segments).isPositive();
    }

    @Test
    void shouldStoreRenditionsOfAllKindsOfParts() {
        // given
        Content clipped = new Content.Reference("ab".repeat(32), 100_000, "head ... tail");
        Rendition turn = new Rendition(7, Role.ASSISTANT, Optional.of(START), 120,
                List.of(new Part.Text(Content.of("so")), new Part.Thinking(clipped),
                        new Part.ToolCall("id", "bash", Content.of("{}")),
                        new Part.ToolResult("id", "bash", clipped, true), new Part.Image("image/png", clipped)));
        // then
        assertThat(stored(turn, RenditionSerde.create())).isEqualTo(turn);
    }

    private static ObserverEvent answer(ObserverState state, Instant at) {
        var sent = state.inFlight().orElseThrow();
        LogEntry entry = new LogEntry(LogEntry.Priority.CRITICAL, LogEntry.Kind.DECISION, sent.range(),
                Optional.of(START), "decided something");
        return new ObserverEvent.ResultArrived(new ObservationResult(state.thread(), state.incarnation(),
                sent.requestId(), sent.attempt(), new ObservationResult.Observed(List.of(entry), Optional.of("Title"),
                        Optional.empty(), Optional.of("go on"), new Provenance("p", "m", "1", 1, 2))),
                at);
    }

    private static ObserverEvent turn(ObserverState state, int i, Instant at) {
        boolean call = i % 2 == 0;
        TurnFacts turn = new TurnFacts(state.nextSeq(), call ? Role.ASSISTANT : Role.TOOL, 90 + i, Optional.of(at),
                call ? List.of("call-" + i) : List.of(), call ? List.of() : List.of("call-" + (i - 1)));
        return new ObserverEvent.TurnAppended(state.incarnation(), turn,
                call ? Optional.of("model-" + i % 5) : Optional.empty(), at);
    }

    private static ObserverState stored(ObserverState state) {
        return stored(state.withChunks(ObserverState.Chunks.NONE), StateSerde.of(ObserverState.class))
                .withChunks(stored(state.chunks(), StateSerde.of(ObserverState.Chunks.class)));
    }

    private static <T> T stored(T value, Serde<T> serde) {
        return serde.deserializer().deserialize("store", serde.serializer().serialize("store", value));
    }
}
