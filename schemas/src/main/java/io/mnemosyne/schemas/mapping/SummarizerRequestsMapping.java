package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.ForgetData;
import io.mnemosyne.avro.SummarizeData;
import io.mnemosyne.avro.SummarizerRequestsEnvelope;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.fidelity.SummaryRequest;

/** Values of {@code summarizer.requests}. */
public final class SummarizerRequestsMapping
        implements
            Mapping<WorkerRequest<SummaryRequest>, SummarizerRequestsEnvelope> {
    private static final String SUMMARIZE = "summarize";
    private static final String FORGET = "forget";

    @Override
    public SummarizerRequestsEnvelope toAvro(WorkerRequest<SummaryRequest> value) {
        return switch (value) {
            case WorkerRequest.Ask<SummaryRequest>(SummaryRequest request) -> new SummarizerRequestsEnvelope(
                    SUMMARIZE, request.thread().tenant(), request.thread().thread(), request.incarnation(),
                    toAvro(request), null);
            case WorkerRequest.Forget<SummaryRequest>(ThreadKey thread, long incarnation) ->
                new SummarizerRequestsEnvelope(FORGET, thread.tenant(), thread.thread(), incarnation, null,
                        new ForgetData());
        };
    }

    @Override
    public WorkerRequest<SummaryRequest> toCore(SummarizerRequestsEnvelope envelope) {
        ThreadKey thread = new ThreadKey(envelope.getTenant(), envelope.getThread());
        String kind = envelope.getKind();
        return switch (kind) {
            case SUMMARIZE -> new WorkerRequest.Ask<>(
                    toCore(thread, envelope.getIncarnation(), Kinds.body(kind, envelope.getSummarize())));
            case FORGET -> new WorkerRequest.Forget<>(thread, envelope.getIncarnation());
            default -> throw Kinds.unknown(kind);
        };
    }

    private static SummarizeData toAvro(SummaryRequest request) {
        return new SummarizeData(request.requestId(), request.attempt(), request.leaseUntil(), request.object().id(),
                request.fidelity().level(), request.targetTokens(), Parts.toAvro(request.content()),
                Descriptors.toAvro(request.object()));
    }

    private static SummaryRequest toCore(ThreadKey thread, long incarnation, SummarizeData summarize) {
        return new SummaryRequest(summarize.getRequestId(), thread, incarnation, summarize.getAttempt(),
                summarize.getLeaseUntil(), Descriptors.toCore(Kinds.body("summarize", summarize.getObject())),
                Levels.toCore(summarize.getFidelity()), summarize.getTargetTokens(),
                Parts.toCore(summarize.getContent()));
    }
}
