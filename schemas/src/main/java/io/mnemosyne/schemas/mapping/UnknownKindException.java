package io.mnemosyne.schemas.mapping;

import org.apache.kafka.common.errors.SerializationException;

/**
 * A record, or a part of one, is of a kind that this version does not know. It was written by a newer version: the reader
 * has to be updated, the record is not at fault.
 */
public final class UnknownKindException extends SerializationException {
    private static final long serialVersionUID = 1L;

    UnknownKindException(String what, String kind) {
        super("unknown " + what + " '" + kind + "': the record was written by a newer version; update this reader");
    }
}
