package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.ObserveData;
import io.mnemosyne.avro.ObserverRequestsEnvelope;
import io.mnemosyne.avro.RenditionData;
import io.mnemosyne.avro.RequestPriority;
import io.mnemosyne.avro.SpeakerRole;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObservationRequest;

/** Values of {@code observer.requests}. */
public final class ObserverRequestsMapping implements Mapping<ObservationRequest, ObserverRequestsEnvelope> {
    private static final String OBSERVE = "observe";

    @Override
    public ObserverRequestsEnvelope toAvro(ObservationRequest request) {
        return new ObserverRequestsEnvelope(OBSERVE, request.thread().tenant(), request.thread().thread(),
                request.incarnation(),
                new ObserveData(request.requestId(), request.attempt(), request.leaseUntil(),
                        Places.toAvro(request.range()), Symbols.toAvro(RequestPriority.class, request.priority()),
                        request.priorMemory(), request.turns().stream().map(ObserverRequestsMapping::toAvro).toList()));
    }

    @Override
    public ObservationRequest toCore(ObserverRequestsEnvelope envelope) {
        ObserveData observe = Kinds.only(OBSERVE, envelope.getKind(), envelope.getObserve());
        return new ObservationRequest(observe.getRequestId(),
                new ThreadKey(envelope.getTenant(), envelope.getThread()), envelope.getIncarnation(),
                Places.toCore(observe.getRange()), observe.getAttempt(), observe.getLeaseUntil(),
                Symbols.toCore(ObservationRequest.Priority.class, observe.getPriority()), observe.getPriorMemory(),
                observe.getTurns().stream().map(ObserverRequestsMapping::toCore).toList());
    }

    private static RenditionData toAvro(Rendition turn) {
        return new RenditionData(turn.seq(), Symbols.toAvro(SpeakerRole.class, turn.role()),
                Nullables.toAvro(turn.at()), turn.tokens(), Parts.toAvro(turn.parts()));
    }

    private static Rendition toCore(RenditionData turn) {
        return new Rendition(turn.getSeq(), Symbols.toCore(Role.class, turn.getRole()),
                Nullables.toCore(turn.getAt()), turn.getTokens(), Parts.toCore(turn.getParts()));
    }
}
