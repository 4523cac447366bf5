package io.mnemosyne.inference.chat;

import io.mnemosyne.core.tokens.TokenCounter;

/** Counts prompts as we count text; a provider counts otherwise, and adds what frames it. */
public final class PromptTokens {
    private PromptTokens() {
    }

    /** Tokens of everything that is sent: system, messages and schema. */
    public static long of(ChatPrompt prompt, TokenCounter counter) {
        long messages = prompt.messages().stream().map(ChatMessage::text)
                .mapToLong(text -> TokenCounter.MESSAGE_OVERHEAD + counter.count(text)).sum();
        return messages + TokenCounter.MESSAGE_OVERHEAD + counter.count(prompt.system())
                + counter.count(prompt.schema().json());
    }
}
