package io.mnemosyne.core;

/**
 * Who wrote a result and what it took.
 *
 * @param provider for example {@code offline}
 * @param promptVersion version of the prompt or, for the offline extractor, of its rules
 * @param inputTokens that the provider billed; 0 where nothing was billed
 * @param outputTokens that the provider billed; 0 where nothing was billed
 */
public record Provenance(String provider, String model, String promptVersion, long inputTokens, long outputTokens) {
}
