package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.SpansRawEnvelope;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanRecord;

/** Values of {@code spans.raw}; agents do not say where a thread's spans belong. */
public final class SpansRawMapping implements Mapping<SpanRecord, SpansRawEnvelope> {

    /** @throws IllegalArgumentException if it is a link */
    @Override
    public SpansRawEnvelope toAvro(SpanRecord value) {
        SpansRawEnvelope envelope = new SpansRawEnvelope();
        envelope.setTenant(value.tenant());
        switch (value.event()) {
            case SpanEvent.Finished finished -> {
                envelope.setKind(SpansMapping.SPAN);
                envelope.setSpan(Spans.toAvro(finished.place(), finished.span()));
            }
            case SpanEvent.Started started -> {
                envelope.setKind(SpansMapping.STARTED);
                envelope.setStarted(Spans.toAvro(started));
            }
            case SpanEvent.Ended ended -> {
                envelope.setKind(SpansMapping.ENDED);
                envelope.setEnded(Spans.toAvro(ended));
            }
            case SpanEvent.Linked _ -> throw new IllegalArgumentException("only ingest links threads to traces");
        }
        return envelope;
    }

    @Override
    public SpanRecord toCore(SpansRawEnvelope envelope) {
        String kind = envelope.getKind();
        return new SpanRecord(envelope.getTenant(), switch (kind) {
            case SpansMapping.SPAN -> Spans.toFinished(Kinds.body(kind, envelope.getSpan()));
            case SpansMapping.STARTED -> Spans.toCore(Kinds.body(kind, envelope.getStarted()));
            case SpansMapping.ENDED -> Spans.toCore(Kinds.body(kind, envelope.getEnded()));
            default -> throw Kinds.unknown(kind);
        });
    }
}
