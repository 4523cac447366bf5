package io.mnemosyne.inference.prompts;

import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.PromptTokens;

/**
 * How much a model's window holds.
 *
 * @param window of the model, tokens
 * @param billed what is known of its tokens
 */
record PromptRoom(TokenCounter counter, long window, ModelId model, BilledTokens billed) {
    /** Of a model that has billed too little: other vocabularies than ours make more tokens of the same text. */
    private static final double SHARE = 0.8;
    /** Of a model that has billed enough: the next text may be denser than those before. */
    private static final double KNOWN_SHARE = 0.95;
    /** Tokens of an answer at most, where the window is large. */
    private static final int LONGEST_ANSWER = 16_000;
    private static final long PART_FOR_ANSWER = 4;

    /** Tokens that an answer may have. */
    int answer() {
        return (int) Math.max(1, Math.min(LONGEST_ANSWER, window / PART_FOR_ANSWER));
    }

    /** Tokens, as we count, that are left for text beside a prompt; negative if it is too large already. */
    long beside(ChatPrompt prompt) {
        return prompts() - prompt.maxOutputTokens() - PromptTokens.of(prompt, counter);
    }

    boolean holds(ChatPrompt prompt) {
        return beside(prompt) >= 0;
    }

    private long prompts() {
        return billed.isKnown(model)
                ? billed.fitting(model, Math.round(KNOWN_SHARE * window))
                : Math.round(SHARE * window);
    }
}
