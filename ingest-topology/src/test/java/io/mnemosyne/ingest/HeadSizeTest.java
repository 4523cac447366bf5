package io.mnemosyne.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.IngestEffect;
import io.mnemosyne.core.ingest.RawEvent;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.ingest.ThreadHead;
import io.mnemosyne.core.ingest.TurnTrace;
import io.mnemosyne.core.ingest.TurnTracer;
import io.mnemosyne.core.redact.Redacted;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.schemas.streams.StateSerde;

import static org.assertj.core.api.Assertions.assertThat;

/** A head that outgrows a record stops its stage for good, so valid turns must not be able to make one. */
class HeadSizeTest {
    private static final int MAX_HEAD_BYTES = 256 * 1024;
    private static final ThreadKey THREAD = new ThreadKey("default", "t");

    private final Sequencer sequencer = new Sequencer(_ -> text -> new Redacted<>(text, Map.of()),
            text -> (text.length() + 3) / 4);

    @Test
    void shouldKeepTheHeadSmallWhenNoneOfManyLongCallsIsAnswered() {
        // given
        ThreadHead head = ThreadHead.NEW;
        // when
        for (int turn = 0; turn < 100; turn++) {
            RawTurn calls = new RawTurn("e" + turn, Role.ASSISTANT, calls(turn), Origin.UNKNOWN);
            Decision<ThreadHead, IngestEffect> decision = sequencer.decide(head, THREAD,
                    new Position("turns.raw", 0, turn), new RawEvent.Received(calls), (_, _) -> Optional.empty());
            head = new TurnTracer(Tracing.FULL).trace(THREAD, head, decision, Instant.EPOCH).head();
        }
        // then
        assertThat(head.nextSeq()).isEqualTo(100);
        assertThat(StateSerde.of(ThreadHead.class).serializer().serialize("store", head))
                .hasSizeLessThan(MAX_HEAD_BYTES);
    }

    @Test
    void shouldKeepTheHeadSmallWhenManyLongMessagesWaitForAnAnswer() {
        // given texts that grow when they are written as JSON
        List<Part> parts = IntStream.range(0, 1_000)
                .<Part>mapToObj(i -> new Part.Text(Content.of("\u0001".repeat(4_000)))).toList();
        Origin tagged = new Origin(Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Map.of("tags",
                        IntStream.range(0, 10_000).mapToObj(i -> "\"tag-" + i + "\"")
                                .collect(Collectors.joining(",", "[", "]"))));
        ThreadHead head = ThreadHead.NEW;
        // when
        for (int turn = 0; turn < 10; turn++) {
            RawTurn user = new RawTurn("e" + turn, Role.USER, parts, tagged);
            Decision<ThreadHead, IngestEffect> decision = sequencer.decide(head, THREAD,
                    new Position("turns.raw", 0, turn), new RawEvent.Received(user), (_, _) -> Optional.empty());
            TurnTrace trace = new TurnTracer(Tracing.FULL).trace(THREAD, head, decision, Instant.EPOCH);
            head = trace.head();
        }
        // then
        assertThat(StateSerde.of(ThreadHead.class).serializer().serialize("store", head))
                .hasSizeLessThan(MAX_HEAD_BYTES);
    }

    /** Ids, names and paths as long as they may be, of characters that take three bytes. */
    private static List<Part> calls(int turn) {
        return IntStream.range(0, 100).<Part>mapToObj(i -> {
            String id = "%03d%03d".formatted(turn, i);
            return new Part.ToolCall(id + "读".repeat(250), "读".repeat(256),
                    Content.of("{\"path\": \"" + id + "读".repeat(290) + "\"}"));
        }).toList();
    }
}
