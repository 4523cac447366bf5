package io.mnemosyne.inference.prompts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.scripted.ScriptedBrain;

/** Answers what it was told to, in this order; then as the scripted brain does. */
final class ScriptedChat implements ChatModel {
    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<ChatPrompt> prompts = new ArrayList<>();

    ScriptedChat then(String answer) {
        answers.add(answer);
        return this;
    }

    ScriptedChat then(ChatException.Failure failure) {
        answers.add(failure);
        return this;
    }

    List<ChatPrompt> prompts() {
        return prompts;
    }

    @Override
    public ModelId id() {
        return new ModelId("test", "scripted");
    }

    @Override
    public ChatAnswer answer(ChatRequest request) throws ChatException {
        ChatPrompt prompt = request.prompt();
        prompts.add(prompt);
        Object next = answers.isEmpty()
                ? ScriptedBrain.answer(prompt.system(), prompt.messages().getFirst().text())
                : answers.poll();
        if (next instanceof ChatException.Failure failure) {
            throw new ChatException(failure, "scripted " + failure);
        }
        return new ChatAnswer((String) next, new TokenUsage(100, 0, 0, 10), 7);
    }
}
