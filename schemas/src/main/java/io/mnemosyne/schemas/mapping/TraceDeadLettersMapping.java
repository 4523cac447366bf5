package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.RefusedSpanData;
import io.mnemosyne.avro.TraceDeadLettersEnvelope;
import io.mnemosyne.core.trace.RefusedSpan;

/** Values of {@code trace.dead-letters}. */
public final class TraceDeadLettersMapping implements Mapping<RefusedSpan, TraceDeadLettersEnvelope> {
    private static final String REFUSED = "refused";

    @Override
    public TraceDeadLettersEnvelope toAvro(RefusedSpan value) {
        return new TraceDeadLettersEnvelope(REFUSED, new RefusedSpanData(value.key(), value.spanId(),
                Places.toAvro(value.source()), value.backend(), value.status(), value.reason(), value.sha256(),
                value.bytes()));
    }

    @Override
    public RefusedSpan toCore(TraceDeadLettersEnvelope envelope) {
        RefusedSpanData value = Kinds.only(REFUSED, envelope.getKind(), envelope.getRefused());
        return new RefusedSpan(value.getKey(), value.getSpanId(), Places.toCore(value.getSource()), value.getBackend(),
                value.getStatus(), value.getReason(), value.getSha256(), value.getBytes());
    }
}
