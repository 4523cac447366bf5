package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.ReflectData;
import io.mnemosyne.avro.ReflectorRequestsEnvelope;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.reflect.ReflectionRequest;

/** Values of {@code reflector.requests}. */
public final class ReflectorRequestsMapping implements Mapping<ReflectionRequest, ReflectorRequestsEnvelope> {
    private static final String REFLECT = "reflect";

    @Override
    public ReflectorRequestsEnvelope toAvro(ReflectionRequest request) {
        return new ReflectorRequestsEnvelope(REFLECT, request.thread().tenant(), request.thread().thread(),
                request.incarnation(),
                new ReflectData(request.requestId(), request.attempt(), request.leaseUntil(), request.targetTokens(),
                        request.segments().stream().map(Segments::toAvro).toList(),
                        ProjectStates.toAvro(request.previous())));
    }

    @Override
    public ReflectionRequest toCore(ReflectorRequestsEnvelope envelope) {
        ReflectData reflect = Kinds.only(REFLECT, envelope.getKind(), envelope.getReflect());
        return new ReflectionRequest(reflect.getRequestId(),
                new ThreadKey(envelope.getTenant(), envelope.getThread()), envelope.getIncarnation(),
                reflect.getAttempt(), reflect.getLeaseUntil(), reflect.getTargetTokens(),
                reflect.getSegments().stream().map(Segments::toCore).toList(),
                ProjectStates.toCore(reflect.getPrevious()));
    }
}
