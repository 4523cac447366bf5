package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.MemoryEnvelope;
import io.mnemosyne.avro.SegmentAppendedData;
import io.mnemosyne.avro.SegmentsReplacedData;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ThreadKey;

/** Values of {@code memory}. */
public final class MemoryMapping implements Mapping<MemoryRecord, MemoryEnvelope> {
    private static final String OBSERVED = "observed";
    private static final String REFLECTED = "reflected";
    private static final String STATE = "state";
    private static final String CONTROL = "control";

    @Override
    public MemoryEnvelope toAvro(MemoryRecord value) {
        MemoryEnvelope envelope = new MemoryEnvelope();
        envelope.setTenant(value.thread().tenant());
        envelope.setThread(value.thread().thread());
        envelope.setIncarnation(value.incarnation());
        switch (value.event()) {
            case MemoryEvent.Observed observed -> {
                envelope.setKind(OBSERVED);
                envelope.setObserved(new SegmentAppendedData(Segments.toAvro(observed.segment())));
            }
            case MemoryEvent.Reflected reflected -> {
                envelope.setKind(REFLECTED);
                envelope.setReflected(
                        new SegmentsReplacedData(Segments.toAvro(reflected.segment()), reflected.replaces()));
            }
            case MemoryEvent.StateChanged changed -> {
                envelope.setKind(STATE);
                envelope.setState(ProjectStates.toAvro(changed.state()));
            }
            case MemoryEvent.Controlled controlled -> {
                envelope.setKind(CONTROL);
                envelope.setControl(Commands.toAvro(controlled.command()));
            }
        }
        return envelope;
    }

    @Override
    public MemoryRecord toCore(MemoryEnvelope envelope) {
        String kind = envelope.getKind();
        MemoryEvent event = switch (kind) {
            case OBSERVED -> new MemoryEvent.Observed(
                    Segments.toCore(Kinds.body(kind, envelope.getObserved()).getSegment()));
            case REFLECTED -> toCore(Kinds.body(kind, envelope.getReflected()));
            case STATE -> new MemoryEvent.StateChanged(ProjectStates.toCore(Kinds.body(kind, envelope.getState())));
            case CONTROL -> new MemoryEvent.Controlled(Commands.toCore(Kinds.body(kind, envelope.getControl())));
            default -> throw Kinds.unknown(kind);
        };
        return new MemoryRecord(new ThreadKey(envelope.getTenant(), envelope.getThread()), envelope.getIncarnation(),
                event);
    }

    private static MemoryEvent toCore(SegmentsReplacedData replaced) {
        return new MemoryEvent.Reflected(Segments.toCore(replaced.getSegment()), replaced.getReplaces());
    }
}
