package io.mnemosyne.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.schemas.mapping.UnknownKindException;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a reader makes of records that a newer, an older or a foreign producer wrote. */
class EvolutionTest {
    private final LocalSchemaIds ids = new LocalSchemaIds();
    private final TopicSerdes serdes = new TopicSerdes(ids, TopicNames.plain());

    @Test
    void shouldNameAKindThatItDoesNotKnow() throws IOException {
        // given
        Schema schema = new Schema.Parser().parse(Topics.TURNS_RAW.schema());
        GenericRecord fork = envelope(schema, "fork");
        // when, then
        assertThatThrownBy(() -> read(schema, fork))
                .isInstanceOf(UnknownKindException.class)
                .hasMessageContaining("'fork'")
                .hasMessageContaining("update this reader");
    }

    @Test
    void shouldReadKnownKindsFromASchemaThatGainedOne() throws IOException {
        // given
        Schema newer = new Schema.Parser().parse(Topics.TURNS_RAW.schema().replaceFirst("\"fields\":\\[",
                "\"fields\":[{\"name\":\"fork\",\"type\":[\"null\",\"string\"],\"default\":null},"));
        GenericRecord turn = envelope(newer, "turn");
        turn.put("turn", turn(newer, "USER"));
        // when
        RawTurn read = read(newer, turn);
        // then
        assertThat(read.role()).isEqualTo(Role.USER);
    }

    @Test
    void shouldSayThatASymbolIsNewerThanTheReader() throws IOException {
        // given
        Schema newer = new Schema.Parser()
                .parse(Topics.TURNS_RAW.schema().replace("\"TOOL\"]", "\"TOOL\",\"CRITIC\"]"));
        GenericRecord turn = envelope(newer, "turn");
        turn.put("turn", turn(newer, "CRITIC"));
        // when, then
        assertThatThrownBy(() -> read(newer, turn))
                .isInstanceOf(UnknownKindException.class)
                .hasMessageContaining("Role");
    }

    @Test
    void shouldSayWhichFieldAForeignProducerForgot() throws IOException {
        // given
        Schema schema = new Schema.Parser().parse(Topics.TURNS_RAW.schema());
        GenericRecord empty = envelope(schema, "turn");
        // when, then
        assertThatThrownBy(() -> read(schema, empty))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("kind 'turn' lacks the field");
    }

    @Test
    void shouldTreatAnUnknownIdAsTheRecordsFault() {
        assertThatThrownBy(() -> serdes.rawTurns().deserializer().deserialize("turns.raw", new byte[]{0, 0, 0, 0, 99}))
                .isInstanceOf(SerializationException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("99");
    }

    @Test
    void shouldSayHowToProduceWhenARecordIsNotInTheWireFormat() {
        for (byte[] foreign : List.of("{\"role\":\"user\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                new byte[]{1, 2, 3, 4, 5, 6}, new byte[]{0, 1}, new byte[0])) {
            assertThatThrownBy(() -> serdes.rawTurns().deserializer().deserialize("turns.raw", foreign))
                    .isInstanceOf(SerializationException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContaining("turns.raw");
        }
    }

    private static GenericRecord envelope(Schema schema, String kind) {
        GenericRecord envelope = new GenericData.Record(schema);
        envelope.put("kind", kind);
        return envelope;
    }

    private static GenericRecord turn(Schema envelope, String role) {
        Schema schema = envelope.getField("turn").schema().getTypes().get(1);
        Schema origin = schema.getField("origin").schema();
        GenericRecord from = new GenericData.Record(origin);
        from.put("attributes", java.util.Map.of());
        GenericRecord turn = new GenericData.Record(schema);
        turn.put("eventId", "e-1");
        turn.put("role", new GenericData.EnumSymbol(schema.getField("role").schema(), role));
        turn.put("parts", List.of());
        turn.put("origin", from);
        return turn;
    }

    private RawTurn read(Schema schema, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(WireFormat.header(ids.idOf("turns.raw-value", schema.toString())));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return serdes.rawTurns().deserializer().deserialize("turns.raw", bytes.toByteArray());
    }
}
