package io.mnemosyne.core.redact;

/**
 * Replaces credentials in texts. Implementations are pure, thread-safe and idempotent: redacting a redacted text changes
 * nothing. A JSON text stays valid JSON.
 */
@FunctionalInterface
public interface Redactor {
    Redacted<String> redact(String text);
}
