package io.mnemosyne.core;

/**
 * A raw record that is not a valid event. Carries no body, since it was not redacted.
 *
 * @param thread {@code tenant/thread} as far as the key could be read, else empty
 * @param reason what was wrong, where, and what to do
 * @param sha256 lower-case hex SHA-256 of the record's value
 * @param bytes size of the record's value
 */
public record Rejection(String thread, Position source, String reason, String sha256, long bytes) {
}
