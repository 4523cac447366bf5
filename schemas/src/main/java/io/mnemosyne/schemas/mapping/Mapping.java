package io.mnemosyne.schemas.mapping;

import org.apache.avro.specific.SpecificRecord;

/**
 * Between a core type and the envelope of its topic.
 *
 * @param <T> the core type
 * @param <A> the envelope
 */
public interface Mapping<T, A extends SpecificRecord> {
    A toAvro(T value);

    /**
     * The core value of an envelope.
     *
     * @throws UnknownKindException if the envelope is of a kind that this version does not know
     * @throws org.apache.kafka.common.errors.SerializationException if the body of its kind is missing
     */
    T toCore(A envelope);
}
