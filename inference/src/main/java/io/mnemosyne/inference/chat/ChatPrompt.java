package io.mnemosyne.inference.chat;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is put to a model.
 *
 * @param messages alternate, from a user's to a user's
 * @param temperature 0 to 1
 * @param maxOutputTokens at least 1; a longer answer is cut off and counts as failed
 */
public record ChatPrompt(String system, List<ChatMessage> messages, AnswerSchema schema, double temperature,
        int maxOutputTokens) {
    public ChatPrompt {
        messages = List.copyOf(messages);
    }

    /** The same with the answer that came, and what the user says to it. */
    public ChatPrompt goOn(String answer, String reply) {
        return new ChatPrompt(system,
                Stream.concat(messages.stream(), Stream.of(ChatMessage.assistant(answer), ChatMessage.user(reply)))
                        .toList(),
                schema, temperature, maxOutputTokens);
    }
}
