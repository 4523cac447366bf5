package io.mnemosyne.inference.providers.offline;

import java.util.Optional;
import java.util.regex.Pattern;

import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.core.fidelity.Shortening;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelName;

/**
 * Shortens objects by rule, to the excerpt that stands in for a summary anyway. Pure: the same request always gives the
 * same answer, and nothing leaves the process.
 */
public final class OfflineSummarizer implements Model<SummaryRequest, SummaryResult.Outcome> {
    private static final ModelName NAME = new ModelName(ModelName.OFFLINE, "rules", "1");
    /** What a form says beside the text itself: whoever shows a summary puts both around it anew. */
    private static final Pattern AROUND = Pattern
            .compile("\\A\\[Summary of [^\\n]*]\\n|\\n?\\[Cannot answer: [^\\n]*]\\s*\\z");

    private final Shortening shortening;

    public OfflineSummarizer(TokenCounter tokens) {
        shortening = new Shortening(tokens);
    }

    @Override
    public ModelName nameFor(SummaryRequest request) {
        return NAME;
    }

    @Override
    public SummaryResult.Outcome answer(SummaryRequest request, CallContext context) {
        return summarize(request).by(NAME.unbilled(context.insteadOf()));
    }

    /**
     * The excerpt of a request, as the first choice.
     *
     * @throws IllegalArgumentException if the request is for the full text
     */
    public SummaryResult.Summarized summarize(SummaryRequest request) {
        // A text that was moved out of its turn brings the forms that were made of all of it.
        Form form = request.object().forms()
                .orElseGet(() -> shortening.of(request.object(), request.content().shown())).at(request.fidelity())
                .orElseThrow(() -> new IllegalArgumentException("the full text has no summary"));
        return new SummaryResult.Summarized(request.object().id(), request.fidelity(),
                AROUND.matcher(form.text()).replaceAll(""), form.losses(),
                NAME.unbilled(Optional.empty()));
    }
}
