package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.ExpiredData;
import io.mnemosyne.avro.FailedData;
import io.mnemosyne.avro.ReflectedData;
import io.mnemosyne.avro.ReflectorResultsEnvelope;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.reflect.ReflectionResult.Expired;
import io.mnemosyne.core.reflect.ReflectionResult.Failed;
import io.mnemosyne.core.reflect.ReflectionResult.Outcome;
import io.mnemosyne.core.reflect.ReflectionResult.Reflected;

/** Values of {@code reflector.results}. */
public final class ReflectorResultsMapping implements Mapping<ReflectionResult, ReflectorResultsEnvelope> {
    private static final String REFLECTED = "reflected";
    private static final String FAILED = "failed";
    private static final String EXPIRED = "expired";

    @Override
    public ReflectorResultsEnvelope toAvro(ReflectionResult result) {
        ReflectorResultsEnvelope envelope = new ReflectorResultsEnvelope();
        envelope.setTenant(result.thread().tenant());
        envelope.setThread(result.thread().thread());
        envelope.setIncarnation(result.incarnation());
        envelope.setRequestId(result.requestId());
        envelope.setAttempt(result.attempt());
        switch (result.outcome()) {
            case Reflected reflected -> {
                envelope.setKind(REFLECTED);
                envelope.setReflected(toAvro(reflected));
            }
            case Failed failed -> {
                envelope.setKind(FAILED);
                envelope.setFailed(new FailedData(failed.reason(), failed.retryable()));
            }
            case Expired _ -> {
                envelope.setKind(EXPIRED);
                envelope.setExpired(new ExpiredData());
            }
        }
        return envelope;
    }

    @Override
    public ReflectionResult toCore(ReflectorResultsEnvelope envelope) {
        String kind = envelope.getKind();
        Outcome outcome = switch (kind) {
            case REFLECTED -> toCore(Kinds.body(kind, envelope.getReflected()));
            case FAILED -> toCore(Kinds.body(kind, envelope.getFailed()));
            case EXPIRED -> new Expired();
            default -> throw Kinds.unknown(kind);
        };
        return new ReflectionResult(new ThreadKey(envelope.getTenant(), envelope.getThread()),
                envelope.getIncarnation(), envelope.getRequestId(), envelope.getAttempt(), outcome);
    }

    private static ReflectedData toAvro(Reflected reflected) {
        return new ReflectedData(Segments.toAvro(reflected.entries()), Nullables.toAvro(reflected.title()),
                Nullables.toAvro(reflected.currentTask()), Nullables.toAvro(reflected.nextStep()), reflected.level(),
                ProjectStates.toAvro(reflected.state()), Provenances.toAvro(reflected.provenance()));
    }

    private static Outcome toCore(ReflectedData reflected) {
        return new Reflected(Segments.toCore(reflected.getEntries()), Nullables.toCore(reflected.getTitle()),
                Nullables.toCore(reflected.getCurrentTask()), Nullables.toCore(reflected.getNextStep()),
                reflected.getLevel(), ProjectStates.toCore(reflected.getState()),
                Provenances.toCore(reflected.getProvenance()));
    }

    private static Outcome toCore(FailedData failed) {
        return new Failed(failed.getReason(), failed.getRetryable());
    }
}
