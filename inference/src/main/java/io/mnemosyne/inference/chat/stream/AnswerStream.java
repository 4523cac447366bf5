package io.mnemosyne.inference.chat.stream;

import java.util.Set;

import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatPrompt;

/** Asks one model by its provider's SDK. Thread-safe; whatever a call opened is closed when it returns. */
public interface AnswerStream {

    /** Which of the parameters that a model can do without are sent, when it refused these. */
    Set<String> parameters(Set<String> refused);

    /**
     * Puts a prompt to the model and reads the answer to its end.
     *
     * @param parameters that are sent beside those that every model takes
     * @param into what came so far
     * @throws ErrorResponseException if the provider answers with an error, also in the middle of the answer
     * @throws ChatException if the answer is of no use
     * @throws RuntimeException of the SDK, if there is no connection, or what comes cannot be read
     */
    void read(ChatPrompt prompt, Set<String> parameters, AnswerSoFar into)
            throws ErrorResponseException, ChatException;
}
