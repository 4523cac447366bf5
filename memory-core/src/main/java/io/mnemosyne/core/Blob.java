package io.mnemosyne.core;

/**
 * A large text, kept once per thread under its hash.
 *
 * @param sha256 lower-case hex SHA-256 of the text in UTF-8
 */
public record Blob(ThreadKey thread, long incarnation, String sha256, String text) {
}
