package io.mnemosyne.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.CompletionRow;
import io.mnemosyne.core.DeadLetter;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Rejection;
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
import io.mnemosyne.schemas.serde.SchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is on the topics today must be readable tomorrow: the bytes of one record per topic are pinned, and what a decoder
 * that shares no code with ours makes of them.
 */
class GoldenBytesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path ACTUAL = Path.of("target/golden");
    private static final int HEADER_BYTES = 5;

    record Golden<T>(Topic topic, Serde<T> serde, T value) {
        static <T> Golden<T> of(Topic topic, Serde<T> serde, Class<T> type) {
            return new Golden<>(topic, serde, Specimen.of(type));
        }

        byte[] bytes() {
            return serde.serializer().serialize(topic.name(), value);
        }

        @Override
        public String toString() {
            return topic.name();
        }
    }

    /** Every schema has the id of its topic's place in the catalogue, counted from 0x01020300. */
    private static final class PinnedIds implements SchemaIds {
        private static final int FIRST = 0x01020300;

        @Override
        public int idOf(String subject, String schemaJson) {
            return FIRST + Topics.all().stream().map(Topic::schema).toList().indexOf(schemaJson);
        }

        @Override
        public String schemaOf(int id) {
            return Topics.all().get(id - FIRST).schema();
        }
    }

    static List<Golden<?>> goldens() {
        TopicSerdes serdes = new TopicSerdes(new PinnedIds(), TopicNames.plain());
        return List.of(
                Golden.of(Topics.TURNS_RAW, serdes.rawTurns(), RawTurn.class),
                Golden.of(Topics.COMMANDS, serdes.commands(), Command.class),
                Golden.of(Topics.TURNS, serdes.turns(), TurnsRecord.class),
                Golden.of(Topics.OBJECTS, serdes.objects(), ObjectRecord.class),
                Golden.of(Topics.BLOBS, serdes.blobs(), Blob.class),
                Golden.of(Topics.VECTORS, serdes.vectors(), EmbeddingVector.class),
                Golden.of(Topics.MEMORY, serdes.memory(), MemoryRecord.class),
                Golden.of(Topics.VIEW, serdes.view(), ViewRecord.class),
                Golden.of(Topics.COMPLETIONS, serdes.completions(), CompletionRow.class),
                new Golden<>(Topics.OBSERVER_REQUESTS, serdes.observationRequests(),
                        new WorkerRequest.Ask<>(Specimen.of(ObservationRequest.class))),
                Golden.of(Topics.OBSERVER_RESULTS, serdes.observationResults(), ObservationResult.class),
                new Golden<>(Topics.REFLECTOR_REQUESTS, serdes.reflectionRequests(),
                        new WorkerRequest.Ask<>(Specimen.of(ReflectionRequest.class))),
                Golden.of(Topics.REFLECTOR_RESULTS, serdes.reflectionResults(), ReflectionResult.class),
                new Golden<>(Topics.SUMMARIZER_REQUESTS, serdes.summaryRequests(),
                        new WorkerRequest.Ask<>(Specimen.of(SummaryRequest.class))),
                Golden.of(Topics.SUMMARIZER_RESULTS, serdes.summaryResults(), SummaryResult.class),
                Golden.of(Topics.SPANS_RAW, serdes.rawSpans(), SpanRecord.class),
                Golden.of(Topics.SPANS, serdes.spans(), SpanRecord.class),
                Golden.of(Topics.SPANS_FINISHED, serdes.finishedSpans(), PlacedSpan.class),
                Golden.of(Topics.REJECTED, serdes.rejected(), Rejection.class),
                Golden.of(Topics.INDEX_DEAD_LETTERS, serdes.deadLetters(), DeadLetter.class),
                Golden.of(Topics.TRACE_DEAD_LETTERS, serdes.traceDeadLetters(), RefusedSpan.class));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void shouldWriteTheSameBytesAsEver(Golden<?> golden) throws IOException {
        // given
        String expected = pinned(golden, "hex");
        // when
        String written = HexFormat.ofDelimiter(" ").formatHex(golden.bytes()).replaceAll("(.{95}) ", "$1\n") + "\n";
        keep(golden, "hex", written);
        // then
        assertThat(written).as("bytes on %s; only a field that was added to its schema explains a change, "
                + "then: cp schemas/target/golden/%s.* schemas/src/test/resources/golden/", golden, golden)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void shouldBeReadTheSameByAnIndependentDecoder(Golden<?> golden) throws IOException {
        // given
        ByteBuffer bytes = ByteBuffer.wrap(golden.bytes());
        String expected = pinned(golden, "json");
        // when
        Object decoded = new SpecDecoder(golden.topic().schema())
                .decode(bytes.slice(HEADER_BYTES, bytes.capacity() - HEADER_BYTES));
        String json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(decoded) + "\n";
        keep(golden, "json", json);
        // then
        assertThat(json).as("what an independent decoder reads from %s", golden).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void shouldReadThePinnedBytes(Golden<?> golden) throws IOException {
        // given
        byte[] bytes = HexFormat.of().parseHex(pinned(golden, "hex").replaceAll("\\s", ""));
        // when
        Object read = golden.serde().deserializer().deserialize(golden.topic().name(), bytes);
        // then
        assertThat(read).isEqualTo(golden.value());
    }

    @Test
    void shouldPinEveryTopicThatHasASerde() {
        // when
        List<Topic> pinned = goldens().stream().<Topic>map(Golden::topic).toList();
        // then
        assertThat(Topics.all()).isEqualTo(pinned);
    }

    private static String pinned(Golden<?> golden, String form) throws IOException {
        Path file = GOLDEN.resolve(golden + "." + form);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static void keep(Golden<?> golden, String form, String text) throws IOException {
        Files.writeString(Files.createDirectories(ACTUAL).resolve(golden + "." + form), text);
    }
}
