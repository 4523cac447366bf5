package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.RejectedEnvelope;
import io.mnemosyne.avro.RejectionData;
import io.mnemosyne.core.Rejection;

/** Values of {@code rejected}. */
public final class RejectedMapping implements Mapping<Rejection, RejectedEnvelope> {
    private static final String REJECTION = "rejection";

    @Override
    public RejectedEnvelope toAvro(Rejection value) {
        return new RejectedEnvelope(REJECTION, new RejectionData(value.thread(), Places.toAvro(value.source()),
                value.reason(), value.sha256(), value.bytes()));
    }

    @Override
    public Rejection toCore(RejectedEnvelope envelope) {
        RejectionData value = Kinds.only(REJECTION, envelope.getKind(), envelope.getRejection());
        return new Rejection(value.getThread(), Places.toCore(value.getSource()), value.getReason(),
                value.getSha256(), value.getBytes());
    }
}
