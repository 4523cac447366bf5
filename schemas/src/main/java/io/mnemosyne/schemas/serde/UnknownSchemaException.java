package io.mnemosyne.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The registry answered that it has no Avro schema with the id that a record names: the record is at fault. */
public final class UnknownSchemaException extends SerializationException {
    private static final long serialVersionUID = 1L;

    public UnknownSchemaException(String message) {
        super(message);
    }

    public UnknownSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
