package io.mnemosyne.core.trace;

import java.util.Optional;

/**
 * How a step ended.
 *
 * @param message why, where it is no success; redacted
 */
public record Outcome(Level level, Optional<String> message) {
    public static final Outcome SUCCESS = new Outcome(Level.DEFAULT, Optional.empty());

    /** How much people should care; the levels of Langfuse. */
    public enum Level {
        DEBUG,
        DEFAULT,
        WARNING,
        /** OpenTelemetry's status code 2. */
        ERROR
    }

    public static Outcome error(String message) {
        return new Outcome(Level.ERROR, Optional.of(message));
    }
}
