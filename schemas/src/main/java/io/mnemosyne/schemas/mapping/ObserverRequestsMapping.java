package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.ForgetData;
import io.mnemosyne.avro.ObserveData;
import io.mnemosyne.avro.ObserverRequestsEnvelope;
import io.mnemosyne.avro.RenditionData;
import io.mnemosyne.avro.RequestPriority;
import io.mnemosyne.avro.SpeakerRole;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.observe.ObservationRequest;

/** Values of {@code observer.requests}. */
public final class ObserverRequestsMapping
        implements
            Mapping<WorkerRequest<ObservationRequest>, ObserverRequestsEnvelope> {
    private static final String OBSERVE = "observe";
    private static final String FORGET = "forget";

    @Override
    public ObserverRequestsEnvelope toAvro(WorkerRequest<ObservationRequest> value) {
        return switch (value) {
            case WorkerRequest.Ask<ObservationRequest>(ObservationRequest request) -> new ObserverRequestsEnvelope(
                    OBSERVE, request.thread().tenant(), request.thread().thread(), request.incarnation(),
                    toAvro(request), null);
            case WorkerRequest.Forget<ObservationRequest>(ThreadKey thread, long incarnation) ->
                new ObserverRequestsEnvelope(FORGET, thread.tenant(), thread.thread(), incarnation, null,
                        new ForgetData());
        };
    }

    @Override
    public WorkerRequest<ObservationRequest> toCore(ObserverRequestsEnvelope envelope) {
        ThreadKey thread = new ThreadKey(envelope.getTenant(), envelope.getThread());
        String kind = envelope.getKind();
        return switch (kind) {
            case OBSERVE -> new WorkerRequest.Ask<>(
                    toCore(thread, envelope.getIncarnation(), Kinds.body(kind, envelope.getObserve())));
            case FORGET -> new WorkerRequest.Forget<>(thread, envelope.getIncarnation());
            default -> throw Kinds.unknown(kind);
        };
    }

    private static ObserveData toAvro(ObservationRequest request) {
        return new ObserveData(request.requestId(), request.attempt(), request.leaseUntil(),
                Places.toAvro(request.range()), Symbols.toAvro(RequestPriority.class, request.priority()),
                request.priorMemory(), request.turns().stream().map(ObserverRequestsMapping::toAvro).toList());
    }

    private static ObservationRequest toCore(ThreadKey thread, long incarnation, ObserveData observe) {
        return new ObservationRequest(observe.getRequestId(), thread, incarnation, Places.toCore(observe.getRange()),
                observe.getAttempt(), observe.getLeaseUntil(),
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
