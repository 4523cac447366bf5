package io.mnemosyne.core.redact;

import java.util.Map;
import java.util.TreeMap;

/**
 * Replaces credentials of common formats by {@code [REDACTED:rule:hash]}. Cheap to make: the rules are shared. Values
 * known only by the name of their key are replaced if they look random, so that placeholders and code stay as they are.
 */
public final class CredentialRedactor implements Redactor {
    private final byte[] tenantKey;

    /**
     * A redactor for one tenant.
     *
     * @param tenantKey key of the hashes, at least one byte; with another key the same secret gets another hash
     * @throws IllegalArgumentException if the key is empty
     */
    public CredentialRedactor(byte[] tenantKey) {
        if (tenantKey.length == 0) {
            throw new IllegalArgumentException(
                    "the key for the hashes of redacted secrets is empty: give at least one byte");
        }
        this.tenantKey = tenantKey.clone();
    }

    @Override
    public Redacted<String> redact(String text) {
        return redact(text, new Work());
    }

    /** A replacement can uncover a neighbour, so the rules run until nothing changes; for a clean text that is once. */
    Redacted<String> redact(String text, Work work) {
        Map<String, Integer> counts = new TreeMap<>();
        Folded before;
        Folded after = Folded.of(text);
        do {
            work.round();
            before = after;
            for (Rule rule : CredentialRules.ALL) {
                after = rule.replaceIn(after, secret -> {
                    counts.merge(rule.name(), 1, Integer::sum);
                    return Mark.of(rule.name(), secret, tenantKey);
                }, work);
            }
        } while (!after.equals(before));
        return new Redacted<>(after.text(), counts);
    }
}
