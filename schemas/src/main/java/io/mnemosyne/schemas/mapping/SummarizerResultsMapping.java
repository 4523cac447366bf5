package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.ExpiredData;
import io.mnemosyne.avro.FailedData;
import io.mnemosyne.avro.SummarizedData;
import io.mnemosyne.avro.SummarizerResultsEnvelope;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.fidelity.SummaryResult.Expired;
import io.mnemosyne.core.fidelity.SummaryResult.Failed;
import io.mnemosyne.core.fidelity.SummaryResult.Outcome;
import io.mnemosyne.core.fidelity.SummaryResult.Summarized;

/** Values of {@code summarizer.results}. */
public final class SummarizerResultsMapping implements Mapping<SummaryResult, SummarizerResultsEnvelope> {
    private static final String SUMMARIZED = "summarized";
    private static final String FAILED = "failed";
    private static final String EXPIRED = "expired";

    @Override
    public SummarizerResultsEnvelope toAvro(SummaryResult result) {
        SummarizerResultsEnvelope envelope = new SummarizerResultsEnvelope();
        envelope.setTenant(result.thread().tenant());
        envelope.setThread(result.thread().thread());
        envelope.setIncarnation(result.incarnation());
        envelope.setRequestId(result.requestId());
        envelope.setAttempt(result.attempt());
        switch (result.outcome()) {
            case Summarized summarized -> {
                envelope.setKind(SUMMARIZED);
                envelope.setSummarized(new SummarizedData(summarized.objectId(), summarized.fidelity().level(),
                        summarized.text(), summarized.losses(), Provenances.toAvro(summarized.provenance())));
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
    public SummaryResult toCore(SummarizerResultsEnvelope envelope) {
        String kind = envelope.getKind();
        Outcome outcome = switch (kind) {
            case SUMMARIZED -> toCore(Kinds.body(kind, envelope.getSummarized()));
            case FAILED -> toCore(Kinds.body(kind, envelope.getFailed()));
            case EXPIRED -> new Expired();
            default -> throw Kinds.unknown(kind);
        };
        return new SummaryResult(new ThreadKey(envelope.getTenant(), envelope.getThread()),
                envelope.getIncarnation(), envelope.getRequestId(), envelope.getAttempt(), outcome);
    }

    private static Outcome toCore(SummarizedData summarized) {
        return new Summarized(summarized.getObjectId(), Levels.toCore(summarized.getFidelity()), summarized.getText(),
                summarized.getLosses(), Provenances.toCore(summarized.getProvenance()));
    }

    private static Outcome toCore(FailedData failed) {
        return new Failed(failed.getReason(), failed.getRetryable());
    }
}
