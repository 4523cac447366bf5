package io.mnemosyne.inference.chat.stream;

import java.time.Duration;

/**
 * How long a client waits, if the deadline is not sooner.
 *
 * @param connect for a connection
 * @param silence for the first byte of an answer, and between any two
 */
public record Patience(Duration connect, Duration silence) {
    /** Half of the standard budget of a chain, so that the next model has as much. */
    public static final Patience STANDARD = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30));
}
