package io.mnemosyne.schemas.serde;

import org.apache.kafka.common.errors.RetriableException;

/** The registry could not answer. Retriable: the record is not at fault, and the same look-up may succeed later. */
public final class SchemaLookupException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public SchemaLookupException(String message) {
        super(message);
    }

    public SchemaLookupException(String message, Throwable cause) {
        super(message, cause);
    }
}
