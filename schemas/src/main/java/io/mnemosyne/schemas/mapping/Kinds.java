package io.mnemosyne.schemas.mapping;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The kinds of envelopes. */
final class Kinds {
    private Kinds() {
    }

    /** The body that an envelope of this kind has to have. */
    static <T> T body(String kind, @Nullable T body) {
        if (body == null) {
            throw new SerializationException(
                    "a record of kind '" + kind + "' lacks the field of that kind; its producer has to set it");
        }
        return body;
    }

    /** For topics that have one kind only. */
    static <T> T only(String expected, String kind, @Nullable T body) {
        if (!kind.equals(expected)) {
            throw unknown(kind);
        }
        return body(kind, body);
    }

    static UnknownKindException unknown(String kind) {
        return new UnknownKindException("kind", kind);
    }
}
