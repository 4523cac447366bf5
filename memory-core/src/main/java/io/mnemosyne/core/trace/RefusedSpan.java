package io.mnemosyne.core.trace;

import io.mnemosyne.core.Position;

/**
 * A span that a trace backend could not take. Carries no content; its source record does.
 *
 * @param key of the record, as far as it could be read, else empty
 * @param spanId as far as it could be read, else empty
 * @param backend the configured name of the backend
 * @param status HTTP status of the refusal; 0 if it was never sent
 * @param reason what was wrong, in words that hold nothing of the span's content
 * @param sha256 lower-case hex SHA-256 of the record's value
 * @param bytes size of the record's value
 */
public record RefusedSpan(String key, String spanId, Position source, String backend, int status, String reason,
        String sha256, long bytes) {
}
