package io.mnemosyne.inference.chat;

import java.time.Duration;
import java.util.Optional;

/** A model did not answer. The message says what it did instead; it never quotes a prompt, an answer or a key. */
public final class ChatException extends Exception {
    private static final long serialVersionUID = 1;

    /** How models fail. */
    public enum Failure {
        /** 429. */
        RATE_LIMITED(true),
        /** Another 5xx, or Anthropic's 529. */
        OVERLOADED(true),
        /** No answer before the deadline. */
        TIMEOUT(true),
        /** No connection, or one that ended inside the answer. */
        DISCONNECTED(true),
        /** What came is not the provider's wire format. */
        MALFORMED(true),
        /** A complete answer without text. */
        EMPTY(true),
        /** The model went round in circles and was stopped. */
        REPEATING(true),
        /** The answer reached the limit of output tokens. */
        CUT_OFF(true),
        /** The model, or the provider's filter, declined. */
        REFUSED(false),
        /** The prompt is larger than the model or the endpoint takes: 413, or a 400 that says so. */
        TOO_LARGE(false),
        /** 401 or 403. */
        UNAUTHORIZED(false),
        /** Another 4xx. */
        REJECTED(false),
        /** The tenant's budget of the day is spent; nothing was called. */
        OUT_OF_BUDGET(false),
        /** The provider failed too often lately; nothing was called. */
        CIRCUIT_OPEN(false);

        private final boolean worthRepeating;

        Failure(boolean worthRepeating) {
            this.worthRepeating = worthRepeating;
        }

        /** Whether the same model may well answer the same prompt a little later. */
        public boolean isWorthRepeating() {
            return worthRepeating;
        }
    }

    private final Failure failure;
    private final TokenUsage usage;
    private final transient Optional<Duration> retryAfter;

    /**
     * @param usage that is paid for all the same
     * @param retryAfter how long the provider wants to be left alone, if it said so
     */
    public ChatException(Failure failure, String message, TokenUsage usage, Optional<Duration> retryAfter) {
        super(message);
        this.failure = failure;
        this.usage = usage;
        this.retryAfter = retryAfter;
    }

    /** A failure that costs nothing. */
    public ChatException(Failure failure, String message) {
        this(failure, message, TokenUsage.NONE, Optional.empty());
    }

    public Failure failure() {
        return failure;
    }

    public TokenUsage usage() {
        return usage;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
