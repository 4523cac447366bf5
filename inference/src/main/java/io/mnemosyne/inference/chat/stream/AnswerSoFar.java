package io.mnemosyne.inference.chat.stream;

import java.time.Duration;
import java.util.Optional;

import io.mnemosyne.core.reflect.Repetition;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.TokenUsage;

/** An answer while it comes in. One thread writes it; {@link #failed} may be asked by another one at any time. */
public final class AnswerSoFar {
    /** Characters of a token, roughly: for what was paid and never counted. */
    private static final int CHARACTERS = 4;
    private static final int BETWEEN_CHECKS = 1_000;
    /** Of the end of a text, in which a loop shows early however much sense was made before it. */
    private static final int TAIL = 4_000;

    private final ChatPrompt prompt;
    private final StringBuilder text = new StringBuilder();
    private int checked;
    private volatile boolean begun;
    private volatile int length;
    private volatile Optional<Ending> ending = Optional.empty();
    private volatile TokenUsage reported = TokenUsage.NONE;

    /** Why the model stopped. */
    public enum Ending {
        COMPLETE,
        /** At the limit of output tokens. */
        CUT_OFF,
        /** At the end of the model's window. */
        WINDOW_FULL,
        /** The model, or a filter of the provider, declined. */
        REFUSED,
        /** For a reason that makes no sense here, such as a call of a tool. */
        UNKNOWN
    }

    AnswerSoFar(ChatPrompt prompt) {
        this.prompt = prompt;
    }

    /** The provider has taken the request, so it is paid for from now on. */
    public void begin() {
        begun = true;
    }

    /** @throws ChatException if the answer goes round in circles; reading on would only cost more */
    public void append(String piece) throws ChatException {
        text.append(piece);
        length = text.length();
        if (length - checked >= BETWEEN_CHECKS) {
            checked = length;
            if (Repetition.isLoop(text.toString()) || Repetition.isLoop(text.substring(Math.max(0, length - TAIL)))) {
                throw failed(Failure.REPEATING, "went round in circles and was stopped");
            }
        }
    }

    /** What the provider has counted up to now; replaces what it said before. */
    public void counted(TokenUsage usage) {
        reported = usage;
    }

    public TokenUsage counted() {
        return reported;
    }

    /** A refusal stays one, whatever is said behind it. */
    public void end(Ending why) {
        if (!ending.equals(Optional.of(Ending.REFUSED))) {
            ending = Optional.of(why);
        }
    }

    ChatAnswer complete() throws ChatException {
        if (ending.isEmpty()) {
            throw failed(Failure.DISCONNECTED, "ended the stream before the answer was complete");
        }
        switch (ending.get()) {
            case CUT_OFF -> throw failed(Failure.CUT_OFF,
                    "did not end its answer within " + prompt.maxOutputTokens() + " tokens");
            case WINDOW_FULL -> throw failed(Failure.TOO_LARGE, "has no room in its window for prompt and answer");
            case REFUSED -> throw failed(Failure.REFUSED, "declined");
            case UNKNOWN -> throw failed(Failure.MALFORMED, "stopped for a reason that is not known");
            case COMPLETE -> {
                if (text.toString().isBlank()) {
                    throw failed(Failure.EMPTY, "answered without a text");
                }
            }
        }
        return new ChatAnswer(text.toString(), reported, 0);
    }

    /**
     * A failure of this answer, with what is paid for it.
     *
     * @param what the model did, or what happened to it
     */
    public ChatException failed(Failure failure, String what) {
        return failed(failure, what, Optional.empty());
    }

    ChatException failed(Failure failure, String what, Optional<Duration> retryAfter) {
        return new ChatException(failure, what, usage(), retryAfter);
    }

    /** Providers count at the end; an answer that was stopped before is paid for too, so it is estimated. */
    private TokenUsage usage() {
        if (!begun || (ending.isPresent() && !reported.equals(TokenUsage.NONE))) {
            return reported;
        }
        return new TokenUsage(reported.input() > 0 ? reported.input() : promptTokens(), reported.cacheRead(),
                reported.cacheWrite(), Math.max(reported.output(), length / CHARACTERS));
    }

    private long promptTokens() {
        long characters = prompt.system().length()
                + prompt.messages().stream().map(ChatMessage::text).mapToLong(String::length).sum();
        return characters / CHARACTERS;
    }
}
