package io.mnemosyne.core;

import java.util.Optional;

/**
 * Who wrote a result and what it took.
 *
 * @param provider for example {@code offline}
 * @param promptVersion version of the prompt or, for the offline extractor, of its rules
 * @param inputTokens that the provider billed; 0 where nothing was billed
 * @param outputTokens that the provider billed; 0 where nothing was billed
 * @param micros what it cost, in millionths of the price table's currency; 0 where nothing was billed or no price is known
 * @param insteadOf why those that were to be asked before did not answer; empty for the first choice
 */
public record Provenance(String provider, String model, String promptVersion, long inputTokens, long outputTokens,
        long micros, Optional<String> insteadOf) {

    /** Of a first choice without a price. */
    public Provenance(String provider, String model, String promptVersion, long inputTokens, long outputTokens) {
        this(provider, model, promptVersion, inputTokens, outputTokens, 0, Optional.empty());
    }
}
