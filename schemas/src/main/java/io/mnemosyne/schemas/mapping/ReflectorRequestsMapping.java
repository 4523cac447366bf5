package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.ForgetData;
import io.mnemosyne.avro.ReflectData;
import io.mnemosyne.avro.ReflectorRequestsEnvelope;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.reflect.ReflectionRequest;

/** Values of {@code reflector.requests}. */
public final class ReflectorRequestsMapping
        implements
            Mapping<WorkerRequest<ReflectionRequest>, ReflectorRequestsEnvelope> {
    private static final String REFLECT = "reflect";
    private static final String FORGET = "forget";

    @Override
    public ReflectorRequestsEnvelope toAvro(WorkerRequest<ReflectionRequest> value) {
        return switch (value) {
            case WorkerRequest.Ask<ReflectionRequest>(ReflectionRequest request) -> new ReflectorRequestsEnvelope(
                    REFLECT, request.thread().tenant(), request.thread().thread(), request.incarnation(),
                    toAvro(request), null);
            case WorkerRequest.Forget<ReflectionRequest>(ThreadKey thread, long incarnation) ->
                new ReflectorRequestsEnvelope(FORGET, thread.tenant(), thread.thread(), incarnation, null,
                        new ForgetData());
        };
    }

    @Override
    public WorkerRequest<ReflectionRequest> toCore(ReflectorRequestsEnvelope envelope) {
        ThreadKey thread = new ThreadKey(envelope.getTenant(), envelope.getThread());
        String kind = envelope.getKind();
        return switch (kind) {
            case REFLECT -> new WorkerRequest.Ask<>(
                    toCore(thread, envelope.getIncarnation(), Kinds.body(kind, envelope.getReflect())));
            case FORGET -> new WorkerRequest.Forget<>(thread, envelope.getIncarnation());
            default -> throw Kinds.unknown(kind);
        };
    }

    private static ReflectData toAvro(ReflectionRequest request) {
        return new ReflectData(request.requestId(), request.attempt(), request.leaseUntil(), request.targetTokens(),
                request.segments().stream().map(Segments::toAvro).toList(),
                ProjectStates.toAvro(request.previous()));
    }

    private static ReflectionRequest toCore(ThreadKey thread, long incarnation, ReflectData reflect) {
        return new ReflectionRequest(reflect.getRequestId(), thread, incarnation, reflect.getAttempt(),
                reflect.getLeaseUntil(), reflect.getTargetTokens(),
                reflect.getSegments().stream().map(Segments::toCore).toList(),
                ProjectStates.toCore(reflect.getPrevious()));
    }
}
