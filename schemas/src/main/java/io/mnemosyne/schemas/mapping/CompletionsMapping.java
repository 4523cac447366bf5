package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.BegunData;
import io.mnemosyne.avro.CompletionData;
import io.mnemosyne.avro.CompletionsEnvelope;
import io.mnemosyne.core.Begun;
import io.mnemosyne.core.Completion;
import io.mnemosyne.core.CompletionRow;
import io.mnemosyne.core.ThreadKey;

/** Values of {@code completions}. */
public final class CompletionsMapping implements Mapping<CompletionRow, CompletionsEnvelope> {
    private static final String COMPLETION = "completion";
    private static final String BEGUN = "begun";

    @Override
    public CompletionsEnvelope toAvro(CompletionRow value) {
        CompletionsEnvelope envelope = new CompletionsEnvelope();
        envelope.setTenant(value.thread().tenant());
        envelope.setThread(value.thread().thread());
        envelope.setIncarnation(value.incarnation());
        switch (value) {
            case Completion completion -> {
                envelope.setKind(COMPLETION);
                envelope.setCompletion(new CompletionData(completion.requestHash(), completion.stage(),
                        completion.response(), Provenances.toAvro(completion.provenance())));
            }
            case Begun begun -> {
                envelope.setKind(BEGUN);
                envelope.setBegun(new BegunData(begun.requestHash(), begun.stage(), begun.provider(), begun.model(),
                        begun.promptVersion(), begun.attempt()));
            }
        }
        return envelope;
    }

    @Override
    public CompletionRow toCore(CompletionsEnvelope envelope) {
        ThreadKey thread = new ThreadKey(envelope.getTenant(), envelope.getThread());
        return switch (envelope.getKind()) {
            case COMPLETION -> completion(thread, envelope.getIncarnation(),
                    Kinds.body(COMPLETION, envelope.getCompletion()));
            case BEGUN -> begun(thread, envelope.getIncarnation(), Kinds.body(BEGUN, envelope.getBegun()));
            default -> throw Kinds.unknown(envelope.getKind());
        };
    }

    private static Completion completion(ThreadKey thread, long incarnation, CompletionData completion) {
        return new Completion(thread, incarnation, completion.getRequestHash(), completion.getStage(),
                completion.getResponse(), Provenances.toCore(completion.getProvenance()));
    }

    private static Begun begun(ThreadKey thread, long incarnation, BegunData begun) {
        return new Begun(thread, incarnation, begun.getRequestHash(), begun.getStage(), begun.getProvider(),
                begun.getModel(), begun.getPromptVersion(), begun.getAttempt());
    }
}
