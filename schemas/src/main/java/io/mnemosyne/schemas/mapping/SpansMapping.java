package io.mnemosyne.schemas.mapping;

import java.util.Optional;

import io.mnemosyne.avro.SpanLinkData;
import io.mnemosyne.avro.SpansEnvelope;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.TraceId;

/** Values of {@code spans}. */
public final class SpansMapping implements Mapping<SpanRecord, SpansEnvelope> {
    static final String SPAN = "span";
    static final String STARTED = "started";
    static final String ENDED = "ended";
    private static final String LINKED = "linked";

    @Override
    public SpansEnvelope toAvro(SpanRecord value) {
        SpansEnvelope envelope = new SpansEnvelope();
        envelope.setTenant(value.tenant());
        switch (value.event()) {
            case SpanEvent.Finished finished -> {
                envelope.setKind(SPAN);
                envelope.setSpan(Spans.toAvro(finished.place(), finished.span()));
            }
            case SpanEvent.Started started -> {
                envelope.setKind(STARTED);
                envelope.setStarted(Spans.toAvro(started));
            }
            case SpanEvent.Ended ended -> {
                envelope.setKind(ENDED);
                envelope.setEnded(Spans.toAvro(ended));
            }
            case SpanEvent.Linked linked -> {
                envelope.setKind(LINKED);
                envelope.setLinked(toAvro(linked));
            }
        }
        return envelope;
    }

    @Override
    public SpanRecord toCore(SpansEnvelope envelope) {
        String kind = envelope.getKind();
        return new SpanRecord(envelope.getTenant(), switch (kind) {
            case SPAN -> Spans.toFinished(Kinds.body(kind, envelope.getSpan()));
            case STARTED -> Spans.toCore(Kinds.body(kind, envelope.getStarted()));
            case ENDED -> Spans.toCore(Kinds.body(kind, envelope.getEnded()));
            case LINKED -> toCore(Kinds.body(kind, envelope.getLinked()));
            default -> throw Kinds.unknown(kind);
        });
    }

    private static SpanLinkData toAvro(SpanEvent.Linked linked) {
        SpanLinkData data = new SpanLinkData();
        data.setThread(linked.thread());
        data.setIncarnation(linked.incarnation());
        data.setFromSeq(linked.fromSeq());
        switch (linked.target()) {
            case SpanEvent.Target.ToTrace(TraceId trace, Optional<SpanId> parent) -> {
                data.setTraceId(trace.hex());
                data.setParentSpanId(parent.map(SpanId::hex).orElse(null));
            }
            case SpanEvent.Target.ToTurn(String thread, long seq, Optional<String> callId) -> {
                data.setParentThread(thread);
                data.setParentTurn(seq);
                data.setParentCall(Nullables.toAvro(callId));
            }
        }
        return data;
    }

    private static SpanEvent.Linked toCore(SpanLinkData data) {
        SpanEvent.Target target = Nullables
                .toCore(data.getTraceId()).<SpanEvent.Target>map(
                        trace -> new SpanEvent.Target.ToTrace(new TraceId(trace),
                                Nullables.toCore(data.getParentSpanId()).map(SpanId::new)))
                .orElseGet(() -> new SpanEvent.Target.ToTurn(Kinds.body(LINKED, data.getParentThread()),
                        Kinds.body(LINKED, data.getParentTurn()), Nullables.toCore(data.getParentCall())));
        return new SpanEvent.Linked(data.getThread(), data.getIncarnation(), data.getFromSeq(), target);
    }
}
