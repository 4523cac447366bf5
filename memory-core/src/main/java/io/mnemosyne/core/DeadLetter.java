package io.mnemosyne.core;

/**
 * A record that the search index could not take. Carries no content; its source record does.
 *
 * @param key of the record, as far as it could be read, else empty
 * @param index that refused it
 * @param status HTTP status of the refused document; 0 if it was never sent
 * @param reason what was wrong, in words that hold nothing of the document
 * @param sha256 lower-case hex SHA-256 of the record's value
 * @param bytes size of the record's value
 */
public record DeadLetter(String key, Position source, String index, int status, String reason, String sha256,
        long bytes) {
}
