package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.ExpiredData;
import io.mnemosyne.avro.FailedData;
import io.mnemosyne.avro.IdleData;
import io.mnemosyne.avro.NothingData;
import io.mnemosyne.avro.ObservedData;
import io.mnemosyne.avro.ObserverResultsEnvelope;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.ObservationResult.Expired;
import io.mnemosyne.core.observe.ObservationResult.Failed;
import io.mnemosyne.core.observe.ObservationResult.Idle;
import io.mnemosyne.core.observe.ObservationResult.Nothing;
import io.mnemosyne.core.observe.ObservationResult.Observed;
import io.mnemosyne.core.observe.ObservationResult.Outcome;

/** Values of {@code observer.results}. */
public final class ObserverResultsMapping implements Mapping<ObservationResult, ObserverResultsEnvelope> {
    private static final String OBSERVED = "observed";
    private static final String NOTHING = "nothing";
    private static final String FAILED = "failed";
    private static final String EXPIRED = "expired";
    private static final String IDLE = "idle";

    @Override
    public ObserverResultsEnvelope toAvro(ObservationResult result) {
        ObserverResultsEnvelope envelope = new ObserverResultsEnvelope();
        envelope.setTenant(result.thread().tenant());
        envelope.setThread(result.thread().thread());
        envelope.setIncarnation(result.incarnation());
        envelope.setRequestId(result.requestId());
        envelope.setAttempt(result.attempt());
        switch (result.outcome()) {
            case Observed observed -> {
                envelope.setKind(OBSERVED);
                envelope.setObserved(toAvro(observed));
            }
            case Nothing nothing -> {
                envelope.setKind(NOTHING);
                envelope.setNothing(new NothingData(Provenances.toAvro(nothing.provenance())));
            }
            case Failed failed -> {
                envelope.setKind(FAILED);
                envelope.setFailed(new FailedData(failed.reason(), failed.retryable()));
            }
            case Expired _ -> {
                envelope.setKind(EXPIRED);
                envelope.setExpired(new ExpiredData());
            }
            case Idle idle -> {
                envelope.setKind(IDLE);
                envelope.setIdle(new IdleData(idle.at()));
            }
        }
        return envelope;
    }

    @Override
    public ObservationResult toCore(ObserverResultsEnvelope envelope) {
        String kind = envelope.getKind();
        Outcome outcome = switch (kind) {
            case OBSERVED -> toCore(Kinds.body(kind, envelope.getObserved()));
            case NOTHING -> new Nothing(Provenances.toCore(Kinds.body(kind, envelope.getNothing()).getProvenance()));
            case FAILED -> toCore(Kinds.body(kind, envelope.getFailed()));
            case EXPIRED -> new Expired();
            case IDLE -> new Idle(Kinds.body(kind, envelope.getIdle()).getAt());
            default -> throw Kinds.unknown(kind);
        };
        return new ObservationResult(new ThreadKey(envelope.getTenant(), envelope.getThread()),
                envelope.getIncarnation(), envelope.getRequestId(), envelope.getAttempt(), outcome);
    }

    private static ObservedData toAvro(Observed observed) {
        return new ObservedData(Segments.toAvro(observed.entries()), Nullables.toAvro(observed.title()),
                Nullables.toAvro(observed.currentTask()), Nullables.toAvro(observed.nextStep()),
                Provenances.toAvro(observed.provenance()));
    }

    private static Outcome toCore(ObservedData observed) {
        return new Observed(Segments.toCore(observed.getEntries()), Nullables.toCore(observed.getTitle()),
                Nullables.toCore(observed.getCurrentTask()), Nullables.toCore(observed.getNextStep()),
                Provenances.toCore(observed.getProvenance()));
    }

    private static Outcome toCore(FailedData failed) {
        return new Failed(failed.getReason(), failed.getRetryable());
    }
}
