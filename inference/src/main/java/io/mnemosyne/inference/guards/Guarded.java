package io.mnemosyne.inference.guards;

import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.ModelId;

/** A model that is called through a guard which others share. */
record Guarded(ModelId id, Call call) implements ChatModel {

    /** How the guard calls it. */
    interface Call {
        ChatAnswer answer(ChatRequest request) throws ChatException, InterruptedException;
    }

    @Override
    public ChatAnswer answer(ChatRequest request) throws ChatException, InterruptedException {
        return call.answer(request);
    }
}
