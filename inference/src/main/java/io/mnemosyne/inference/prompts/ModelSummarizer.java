package io.mnemosyne.inference.prompts;

import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.prompts.SummaryReader.Summary;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;

/**
 * Shortens objects with a chat model. Of its answer only sentences count that name nothing but what the object has; an answer
 * that is too long or of which too little holds is repaired once.
 */
public final class ModelSummarizer implements Model<SummaryRequest, SummaryResult.Outcome> {
    private final ChatModel chat;
    private final ModelName name;
    private final Counts counts;
    private final PromptRoom room;
    private final SummarizerPrompt prompts;

    /**
     * A summarizer of any number of threads.
     *
     * @param counter of the tokens of prompts and of summaries
     * @param counts takes {@code answer.*} and {@code sentence.*}
     * @param window tokens that the model takes, its answer included
     * @param billed what the model's provider bills of our prompts; decides what fits
     */
    public ModelSummarizer(ChatModel chat, TokenCounter counter, Counts counts, long window, BilledTokens billed) {
        this.chat = chat;
        this.name = new ModelName(chat.id().provider(), chat.id().model(), SummarizerPrompt.TEMPLATE.version());
        this.counts = counts;
        this.room = new PromptRoom(counter, window, chat.id(), billed);
        this.prompts = new SummarizerPrompt(room);
    }

    @Override
    public ModelName nameFor(SummaryRequest request) {
        return name;
    }

    @Override
    public SummaryResult.Outcome answer(SummaryRequest request, CallContext context)
            throws ModelException, InterruptedException {
        SummarizerPrompt.Shown shown = prompts.of(request).orElseThrow(() -> new ModelException("object "
                + request.object().id() + " has no text, or does not fit " + chat.id() + ": its window is given as "
                + room.window() + " tokens", false));
        SummaryReader reader = new SummaryReader(request, shown.evidence(), room.counter());
        Asking asking = new Asking(chat, name, request, context, room, counts);
        try {
            Reading<Summary> reading = asking.ask(shown.prompt(), context.deadline(),
                    (answer, _) -> reader.read(answer), SummaryReader::repair);
            return outcome(request, reading.usable().orElseThrow(() -> asking.useless(reading.problems())),
                    asking.provenance());
        } catch (ChatException e) {
            throw asking.failed(e);
        }
    }

    private static SummaryResult.Outcome outcome(SummaryRequest request, Summary summary, Provenance provenance) {
        return new SummaryResult.Summarized(request.object().id(), request.fidelity(), summary.text(),
                summary.losses(), provenance);
    }
}
