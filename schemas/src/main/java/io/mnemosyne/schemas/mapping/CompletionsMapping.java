package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.CompletionData;
import io.mnemosyne.avro.CompletionsEnvelope;
import io.mnemosyne.core.Completion;
import io.mnemosyne.core.ThreadKey;

/** Values of {@code completions}. */
public final class CompletionsMapping implements Mapping<Completion, CompletionsEnvelope> {
    private static final String COMPLETION = "completion";

    @Override
    public CompletionsEnvelope toAvro(Completion value) {
        return new CompletionsEnvelope(COMPLETION, value.thread().tenant(), value.thread().thread(),
                value.incarnation(), new CompletionData(value.requestHash(), value.stage(), value.response(),
                        Provenances.toAvro(value.provenance())));
    }

    @Override
    public Completion toCore(CompletionsEnvelope envelope) {
        CompletionData completion = Kinds.only(COMPLETION, envelope.getKind(), envelope.getCompletion());
        return new Completion(new ThreadKey(envelope.getTenant(), envelope.getThread()), envelope.getIncarnation(),
                completion.getRequestHash(), completion.getStage(), completion.getResponse(),
                Provenances.toCore(completion.getProvenance()));
    }
}
