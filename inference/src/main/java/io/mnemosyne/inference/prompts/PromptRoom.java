package io.mnemosyne.inference.prompts;

import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatPrompt;

/**
 * How much a model's window holds.
 *
 * @param window of the model, tokens
 */
record PromptRoom(TokenCounter counter, long window) {
    /** Other vocabularies than ours make more tokens of the same text. */
    private static final double SHARE = 0.8;
    /** Tokens of an answer at most, where the window is large. */
    private static final int LONGEST_ANSWER = 16_000;
    private static final long PART_FOR_ANSWER = 4;

    /** Tokens that an answer may have. */
    int answer() {
        return (int) Math.max(1, Math.min(LONGEST_ANSWER, window / PART_FOR_ANSWER));
    }

    /** Tokens, as we count, that are left for text beside a prompt; negative if it is too large already. */
    long beside(ChatPrompt prompt) {
        long messages = prompt.messages().stream().map(ChatMessage::text)
                .mapToLong(text -> TokenCounter.MESSAGE_OVERHEAD + counter.count(text)).sum();
        return Math.round(SHARE * window) - prompt.maxOutputTokens() - messages - TokenCounter.MESSAGE_OVERHEAD
                - counter.count(prompt.system()) - counter.count(prompt.schema().json());
    }

    boolean holds(ChatPrompt prompt) {
        return beside(prompt) >= 0;
    }
}
