package io.mnemosyne.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the envelopes of one topic.
 *
 * <p>Threading: one instance is shared by all threads of a topology. The writer is immutable; each thread reuses an encoder
 * of its own.
 */
final class EnvelopeSerializer<T, A extends SpecificRecord> implements Serializer<T> {
    private static final int USUAL_BYTES = 1024;
    private static final ThreadLocal<@Nullable BinaryEncoder> ENCODERS = new ThreadLocal<>();

    private final Contract<T, A> contract;
    private final SchemaIds ids;
    private final SpecificDatumWriter<A> writer;
    private volatile byte @Nullable [] header;

    EnvelopeSerializer(Contract<T, A> contract, SchemaIds ids) {
        this.contract = contract;
        this.ids = ids;
        this.writer = new SpecificDatumWriter<>(contract.envelope());
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        byte[] start = header();
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
            bytes.writeBytes(start);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, ENCODERS.get());
            ENCODERS.set(encoder);
            writer.write(contract.mapping().toAvro(value), encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (SerializationException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("cannot write a record of " + topic + ": " + e.getMessage(), e);
        }
    }

    private byte[] header() {
        byte[] known = header;
        if (known == null) {
            known = WireFormat.header(ids.idOf(contract.subject(), contract.topic().schema()));
            header = known;
        }
        return known;
    }
}
