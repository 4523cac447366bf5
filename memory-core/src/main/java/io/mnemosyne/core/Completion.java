package io.mnemosyne.core;

/**
 * One recorded model call.
 *
 * @param requestHash lower-case hex SHA-256 of the canonical request
 * @param stage {@code observer}, {@code reflector} or {@code summarizer}
 * @param response the provider's answer as text, before it was parsed
 */
public record Completion(ThreadKey thread, long incarnation, String requestHash, String stage, String response,
        Provenance provenance) implements CompletionRow {
}
