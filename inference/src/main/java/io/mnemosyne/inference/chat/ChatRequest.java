package io.mnemosyne.inference.chat;

import io.mnemosyne.inference.BeforeCall;
import io.mnemosyne.inference.Deadline;

/**
 * A prompt, with who pays for it and how long it may take.
 *
 * @param urgent whether it goes before those that are not, where calls wait
 * @param deadline until which an answer is of use
 * @param before told of each call that is made for it
 */
public record ChatRequest(String tenant, boolean urgent, Deadline deadline, ChatPrompt prompt, BeforeCall before) {

    /** A request of whose calls nobody wants to be told. */
    public ChatRequest(String tenant, boolean urgent, Deadline deadline, ChatPrompt prompt) {
        this(tenant, urgent, deadline, prompt, BeforeCall.NOTHING);
    }

    public ChatRequest with(ChatPrompt other) {
        return new ChatRequest(tenant, urgent, deadline, other, before);
    }

    public ChatRequest until(Deadline other) {
        return new ChatRequest(tenant, urgent, other, prompt, before);
    }
}
