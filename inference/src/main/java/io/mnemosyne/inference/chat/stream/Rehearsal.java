package io.mnemosyne.inference.chat.stream;

import java.io.IOException;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.inference.chat.AnswerSchema;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatPrompt;

/**
 * Writes a request and reads an answer, of nobody and to nobody. What an SDK loads and looks up to do so takes seconds of a
 * fresh process, which else come out of the time of its first call.
 */
public final class Rehearsal {
    private static final Logger LOGGER = LoggerFactory.getLogger(Rehearsal.class);
    private static final ChatPrompt PROMPT = new ChatPrompt("Say that you are here.",
            List.of(ChatMessage.user("Are you?"), ChatMessage.assistant("Yes."), ChatMessage.user("Say it as JSON.")),
            new AnswerSchema("rehearsal", "{\"type\":\"object\",\"properties\":{\"here\":{\"type\":\"boolean\"}}}"), 0,
            16);

    private Rehearsal() {
    }

    /** What a client does with its SDK. */
    public interface Part {
        void play(ChatPrompt prompt, AnswerSoFar into) throws IOException, ChatException;
    }

    /** Whether it came off. If not, nothing is lost but time, so it is only logged. */
    public static boolean of(Part part) {
        AnswerSoFar answer = new AnswerSoFar(PROMPT);
        try {
            part.play(PROMPT, answer);
            answer.complete();
            return true;
        } catch (IOException | ChatException | RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("A client cannot be made ready ahead; its first call takes longer");
            return false;
        }
    }
}
