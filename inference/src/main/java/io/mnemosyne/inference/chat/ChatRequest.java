package io.mnemosyne.inference.chat;

import io.mnemosyne.inference.Deadline;

/**
 * A prompt, with who pays for it and how long it may take.
 *
 * @param urgent whether it goes before those that are not, where calls wait
 * @param deadline until which an answer is of use
 */
public record ChatRequest(String tenant, boolean urgent, Deadline deadline, ChatPrompt prompt) {

    public ChatRequest with(ChatPrompt other) {
        return new ChatRequest(tenant, urgent, deadline, other);
    }

    public ChatRequest until(Deadline other) {
        return new ChatRequest(tenant, urgent, other, prompt);
    }
}
