package io.mnemosyne.schemas.serde;

import java.nio.ByteBuffer;

import org.apache.kafka.common.errors.SerializationException;

/** The Confluent wire format: a zero byte, the schema's id as four bytes big-endian, then Avro binary. */
final class WireFormat {
    static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;
    private static final byte GUID_MAGIC = 1;

    private WireFormat() {
    }

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
    }

    /** @throws SerializationException if the bytes do not begin with a zero byte and an id */
    static int schemaId(String topic, byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw new SerializationException("a record of " + topic + " has " + bytes.length
                    + " bytes; the Confluent wire format needs a zero byte and a four-byte schema id before the Avro");
        }
        return switch (bytes[0]) {
            case MAGIC -> ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
            case GUID_MAGIC -> throw new SerializationException("a record of " + topic
                    + " begins with 0x01, a schema GUID; set its producer's serializer to write numeric schema ids");
            default -> throw new SerializationException(
                    String.format("a record of %s begins with 0x%02x instead of 0x00; is it Avro in the Confluent "
                            + "wire format? Use a schema-registry serializer, not plain JSON or Avro", topic,
                            bytes[0]));
        };
    }
}
