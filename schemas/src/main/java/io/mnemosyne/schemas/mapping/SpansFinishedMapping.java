package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.SpanData;
import io.mnemosyne.avro.SpansFinishedEnvelope;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.TraceId;

/** Values of {@code spans.finished}. */
public final class SpansFinishedMapping implements Mapping<PlacedSpan, SpansFinishedEnvelope> {

    @Override
    public SpansFinishedEnvelope toAvro(PlacedSpan value) {
        SpansFinishedEnvelope envelope = new SpansFinishedEnvelope();
        envelope.setKind(SpansMapping.SPAN);
        envelope.setTenant(value.tenant());
        envelope.setSpan(Spans.toAvro(value.trace().hex(), value.parent(), value.thread().orElse(null), 0, null,
                value.span()));
        return envelope;
    }

    @Override
    public PlacedSpan toCore(SpansFinishedEnvelope envelope) {
        SpanData data = Kinds.only(SpansMapping.SPAN, envelope.getKind(), envelope.getSpan());
        return new PlacedSpan(envelope.getTenant(), new TraceId(data.getTraceId()),
                Nullables.toCore(data.getParentSpanId()).map(SpanId::new), Nullables.toCore(data.getThread()),
                Spans.toCore(data));
    }
}
