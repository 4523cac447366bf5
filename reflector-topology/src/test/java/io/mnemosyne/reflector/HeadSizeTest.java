package io.mnemosyne.reflector;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.reflect.Reflector;
import io.mnemosyne.core.reflect.ReflectorEvent;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.reflect.RequestHeader;
import io.mnemosyne.schemas.streams.StateSerde;

import static org.assertj.core.api.Assertions.assertThat;

/** A head that outgrows a record stops its stage for good, so valid turns must not be able to make one. */
class HeadSizeTest {
    private static final int MAX_HEAD_BYTES = 256 * 1024;
    private static final ThreadKey THREAD = new ThreadKey("default", "t");
    private static final Instant AT = Instant.parse("2026-11-01T09:00:00Z");

    private final Reflector reflector = new Reflector(text -> (text.length() + 3) / 4);

    @Test
    void shouldKeepTheHeadSmallWhenThousandsOfSegmentsSayNothing() {
        // given
        ReflectorState state = ReflectorState.fresh(THREAD, 0);
        int largest = 0;
        // when a worker answers each request at once
        for (int i = 0; i < 5_000; i++) {
            state = live(state, new ReflectorEvent.SegmentObserved(0, empty(i), AT));
            while (state.inFlight().isPresent()) {
                state = live(state, new ReflectorEvent.ResultArrived(answer(state.inFlight().orElseThrow()), AT));
            }
            largest = Math.max(largest, state.live().size());
        }
        // then
        assertThat(largest).isGreaterThan(50);
        assertThat(StateSerde.of(ReflectorState.class).serializer().serialize("store", state))
                .hasSizeLessThan(MAX_HEAD_BYTES);
    }

    private ReflectorState live(ReflectorState state, ReflectorEvent event) {
        return reflector.decide(state, event, Policy.standard()).state();
    }

    private static Segment empty(long i) {
        return new Segment(Sha256.id(Long.toString(i)), Segment.Kind.OBSERVATION, SeqRange.of(i), 0, List.of(),
                Optional.empty(), Optional.empty(), Optional.empty(), 10);
    }

    private static ReflectionResult answer(RequestHeader sent) {
        LogEntry entry = new LogEntry(LogEntry.Priority.MINOR, LogEntry.Kind.FACT, new SeqRange(0, 5_000),
                Optional.empty(), "nothing");
        return new ReflectionResult(THREAD, 0, sent.requestId(), sent.attempt(),
                new ReflectionResult.Reflected(List.of(entry), Optional.empty(), Optional.empty(), Optional.empty(), 0,
                        ProjectState.EMPTY, new Provenance("p", "m", "1", 0, 0)));
    }
}
