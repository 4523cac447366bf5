package io.mnemosyne.schemas.serde;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the envelopes of one topic, whichever version of the schema they were written with.
 *
 * <p>Threading: one instance is shared by all threads of a topology. There is one reader per schema id; each thread reuses a
 * decoder of its own.
 */
final class EnvelopeDeserializer<T, A extends SpecificRecord> implements Deserializer<T> {
    private static final ThreadLocal<@Nullable BinaryDecoder> DECODERS = new ThreadLocal<>();

    private final Contract<T, A> contract;
    private final SchemaIds ids;
    private final Map<Integer, SpecificDatumReader<A>> readers = new ConcurrentHashMap<>();

    EnvelopeDeserializer(Contract<T, A> contract, SchemaIds ids) {
        TrustedClasses.trustEnvelopes();
        this.contract = contract;
        this.ids = ids;
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            SpecificDatumReader<A> reader = readers.computeIfAbsent(WireFormat.schemaId(topic, bytes), this::readerOf);
            BinaryDecoder decoder = DecoderFactory.get()
                    .binaryDecoder(bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES,
                            DECODERS.get());
            DECODERS.set(decoder);
            T value = contract.mapping().toCore(reader.read(null, decoder));
            if (!decoder.isEnd()) {
                throw new SerializationException("a record of " + topic + " goes on after its Avro value");
            }
            return value;
        } catch (SerializationException | SchemaLookupException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("cannot read a record of " + topic + ": " + e.getMessage(), e);
        }
    }

    private SpecificDatumReader<A> readerOf(int id) {
        Schema written = new Schema.Parser().parse(ids.schemaOf(id));
        SpecificDatumReader<A> reader = new SpecificDatumReader<>(contract.envelope());
        reader.setSchema(written);
        return reader;
    }
}
