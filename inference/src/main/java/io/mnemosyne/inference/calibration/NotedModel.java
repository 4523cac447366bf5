package io.mnemosyne.inference.calibration;

import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.PromptTokens;

/**
 * A model of whose bills {@link BilledTokens} learns. Next to the call itself, because whoever repeats calls adds up what they
 * were billed.
 */
public record NotedModel(ChatModel model, TokenCounter counter, BilledTokens billed) implements ChatModel {
    @Override
    public ModelId id() {
        return model.id();
    }

    @Override
    public ChatAnswer answer(ChatRequest request) throws ChatException, InterruptedException {
        ChatAnswer answer = model.answer(request);
        if (answer.usage().input() > 0) {
            billed.note(id(), PromptTokens.of(request.prompt(), counter), answer.usage().input());
        }
        return answer;
    }
}
