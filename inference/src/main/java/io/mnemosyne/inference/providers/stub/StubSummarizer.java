package io.mnemosyne.inference.providers.stub;

import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.inference.providers.offline.OfflineSummarizer;

/** Shortens by rule: a stage shows only what is smaller than what it replaces. */
public final class StubSummarizer implements Model<SummaryRequest, SummaryResult.Outcome> {
    private static final ModelName NAME = new ModelName(ModelName.STUB, "summarizer", "1");

    private final OfflineSummarizer rules;

    public StubSummarizer(TokenCounter tokens) {
        rules = new OfflineSummarizer(tokens);
    }

    @Override
    public ModelName nameFor(SummaryRequest request) {
        return NAME;
    }

    @Override
    public SummaryResult.Outcome answer(SummaryRequest request, CallContext context) {
        return rules.summarize(request).by(NAME.unbilled(context.insteadOf()));
    }
}
