package io.mnemosyne.scripted;

/** The wire formats that the server speaks. */
public enum Wire {
    /** Anthropic's {@code POST /v1/messages}. */
    ANTHROPIC,
    /** OpenAI's {@code POST /v1/chat/completions}. */
    OPENAI
}
