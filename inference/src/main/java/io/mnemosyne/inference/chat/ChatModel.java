package io.mnemosyne.inference.chat;

/** A model that answers prompts. Thread-safe; a call blocks, and stops when its thread is interrupted. */
public interface ChatModel {

    ModelId id();

    /**
     * Asks once.
     *
     * @throws ChatException if there is no complete answer before the deadline; says whether another try makes sense
     */
    ChatAnswer answer(ChatRequest request) throws ChatException, InterruptedException;
}
