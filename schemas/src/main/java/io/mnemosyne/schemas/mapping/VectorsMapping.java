package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.VectorData;
import io.mnemosyne.avro.VectorsEnvelope;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.ThreadKey;

/** Values of {@code vectors}. */
public final class VectorsMapping implements Mapping<EmbeddingVector, VectorsEnvelope> {
    private static final String VECTOR = "vector";

    @Override
    public VectorsEnvelope toAvro(EmbeddingVector vector) {
        return new VectorsEnvelope(VECTOR, vector.thread().tenant(), vector.thread().thread(), vector.incarnation(),
                new VectorData(vector.subject(), vector.model(), vector.contentHash(), vector.values()));
    }

    @Override
    public EmbeddingVector toCore(VectorsEnvelope envelope) {
        VectorData vector = Kinds.only(VECTOR, envelope.getKind(), envelope.getVector());
        return new EmbeddingVector(new ThreadKey(envelope.getTenant(), envelope.getThread()),
                envelope.getIncarnation(), vector.getSubject(), vector.getModel(), vector.getContentHash(),
                vector.getValues());
    }
}
