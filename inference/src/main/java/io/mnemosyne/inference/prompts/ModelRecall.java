package io.mnemosyne.inference.prompts;

import io.mnemosyne.core.recall.AnswerRequest;
import io.mnemosyne.core.recall.Answered.Told;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.prompts.RecallReader.Said;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;

/**
 * Answers questions to memory with a chat model. An answer counts only if it names nothing but what the passages and the
 * question do, and cites passages that there are; one that does not is repaired once.
 */
public final class ModelRecall implements Model<AnswerRequest, Told> {
    private final ChatModel chat;
    private final ModelName name;
    private final Counts counts;
    private final PromptRoom room;
    private final RecallPrompt prompts;

    /**
     * Answers about any number of threads.
     *
     * @param counter of the tokens of prompts
     * @param counts takes {@code answer.*}
     * @param window tokens that the model takes, its answer included
     * @param billed what the model's provider bills of our prompts; decides what fits
     */
    public ModelRecall(ChatModel chat, TokenCounter counter, Counts counts, long window, BilledTokens billed) {
        this.chat = chat;
        this.name = new ModelName(chat.id().provider(), chat.id().model(), RecallPrompt.TEMPLATE.version());
        this.counts = counts;
        this.room = new PromptRoom(counter, window, chat.id(), billed);
        this.prompts = new RecallPrompt(room);
    }

    @Override
    public ModelName nameFor(AnswerRequest request) {
        return name;
    }

    @Override
    public Told answer(AnswerRequest request, CallContext context) throws ModelException, InterruptedException {
        RecallPrompt.Shown shown = prompts.of(request).orElseThrow(() -> new ModelException(
                "no passage fits " + chat.id() + ": its window is given as " + room.window() + " tokens", false));
        RecallReader reader = new RecallReader(shown);
        Asking asking = new Asking(chat, name, request, context, room, counts);
        try {
            Reading<Said> reading = asking.ask(shown.prompt(), context.deadline(),
                    (answer, _) -> reader.read(answer), RecallReader::repair);
            Said said = reading.usable().orElseThrow(() -> asking.useless(reading.problems()));
            return new Told(said.text(), said.told(), said.cited(), asking.provenance());
        } catch (ChatException e) {
            throw asking.failed(e);
        }
    }
}
