package io.mnemosyne.schemas.serde;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.CompletionRow;
import io.mnemosyne.core.DeadLetter;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Rejection;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.RefusedSpan;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.view.ViewRecord;
import io.mnemosyne.schemas.CoreValues;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TopicSerdesTest {
    private static final TopicSerdes SERDES = new TopicSerdes(new LocalSchemaIds(), TopicNames.plain());

    /** A value and the serde of its topic. */
    record OnTopic<T>(Serde<T> serde, T value) {
        byte[] written() {
            return serde.serializer().serialize("any", value);
        }

        T readBack() {
            return serde.deserializer().deserialize("any", written());
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    @Provide
    Arbitrary<OnTopic<?>> records() {
        List<Arbitrary<OnTopic<?>>> all = List.of(
                on(SERDES.rawTurns(), RawTurn.class),
                on(SERDES.commands(), Command.class),
                on(SERDES.turns(), TurnsRecord.class),
                on(SERDES.objects(), ObjectRecord.class),
                on(SERDES.blobs(), Blob.class),
                on(SERDES.vectors(), EmbeddingVector.class),
                on(SERDES.memory(), MemoryRecord.class),
                on(SERDES.view(), ViewRecord.class),
                on(SERDES.completions(), CompletionRow.class),
                onRequests(SERDES.observationRequests(), ObservationRequest.class),
                on(SERDES.observationResults(), ObservationResult.class),
                onRequests(SERDES.reflectionRequests(), ReflectionRequest.class),
                on(SERDES.reflectionResults(), ReflectionResult.class),
                onRequests(SERDES.summaryRequests(), SummaryRequest.class),
                on(SERDES.summaryResults(), SummaryResult.class),
                on(SERDES.spans(), SpanRecord.class),
                on(SERDES.finishedSpans(), PlacedSpan.class),
                on(SERDES.traceDeadLetters(), RefusedSpan.class),
                on(SERDES.rejected(), Rejection.class),
                on(SERDES.deadLetters(), DeadLetter.class));
        return Arbitraries.of(all).flatMap(arbitrary -> arbitrary);
    }

    private static <T> Arbitrary<OnTopic<?>> on(Serde<T> serde, Class<T> type) {
        return CoreValues.of(type).map(value -> new OnTopic<>(serde, value));
    }

    private static <Q extends ModelRequest> Arbitrary<OnTopic<?>> onRequests(Serde<WorkerRequest<Q>> serde,
            Class<Q> type) {
        Arbitrary<WorkerRequest<Q>> asks = CoreValues.of(type).map(WorkerRequest.Ask::new);
        Arbitrary<WorkerRequest<Q>> forgets = CoreValues.of(ThreadKey.class)
                .flatMap(thread -> CoreValues.of(long.class)
                        .map(incarnation -> new WorkerRequest.Forget<>(thread, incarnation)));
        return Arbitraries.oneOf(asks, forgets).map(value -> new OnTopic<>(serde, value));
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void shouldReadBackEveryRecordAsItWasWritten(@ForAll("records") OnTopic<?> onTopic) {
        assertThat((Object) onTopic.readBack()).isEqualTo(onTopic.value());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void shouldWriteEqualRecordsAsEqualBytes(@ForAll("records") OnTopic<?> onTopic) {
        assertThat(onTopic.written()).isEqualTo(onTopic.written());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void shouldRefuseATruncatedRecordWithoutAnyOtherError(@ForAll("records") OnTopic<?> onTopic) {
        // given
        byte[] written = onTopic.written();
        byte[] truncated = Arrays.copyOf(written, written.length - 1);
        // when, then
        assertThatThrownBy(() -> onTopic.serde().deserializer().deserialize("any", truncated))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void shouldCutTimesToTheMicrosecond() {
        // given
        RawTurn precise = new RawTurn("e-1", Role.USER, List.of(),
                Origin.at(Instant.parse("1969-07-20T20:17:40.123456789Z")));
        // when
        RawTurn read = new OnTopic<>(SERDES.rawTurns(), precise).readBack();
        // then
        assertThat(read.origin().at()).contains(Instant.parse("1969-07-20T20:17:40.123456Z"));
    }

    @Test
    void shouldPassTombstonesThrough() {
        assertThat(SERDES.turns().serializer().serialize("turns", null)).isNull();
        assertThat(SERDES.turns().deserializer().deserialize("turns", null)).isNull();
    }

    @Test
    void shouldRefuseToWriteATurnIntoAnotherThread() {
        // given
        Turn turn = new Turn(new ThreadKey("default", "a"), 0, 0,
                new RawTurn("e-1", Role.USER, List.of(), Origin.UNKNOWN), 4, List.of());
        TurnsRecord mixed = new TurnsRecord(new ThreadKey("default", "b"), 0, new Position("turns.raw", 0, 0),
                new TurnEvent.Appended(turn));
        // when, then
        assertThatThrownBy(() -> SERDES.turns().serializer().serialize("turns", mixed))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("default/a")
                .hasMessageContaining("default/b");
    }
}
