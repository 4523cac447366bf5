package io.mnemosyne.core.redact;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Replaces credentials of common formats by {@code [REDACTED:rule:hash]}. Cheap to make: the rules are shared. Values
 * known only by the name of their key are replaced if they look random, so that placeholders and code stay as they are.
 */
public final class CredentialRedactor implements Redactor {
    private final byte[] tenantKey;
    private final RuleSet rules;

    /**
     * A redactor for one tenant, with the built-in rules.
     *
     * @param tenantKey key of the hashes, at least one byte; with another key the same secret gets another hash
     * @throws IllegalArgumentException if the key is empty
     */
    public CredentialRedactor(byte[] tenantKey) {
        this(tenantKey, RuleSet.builtIn());
    }

    /**
     * A redactor for one tenant.
     *
     * @param tenantKey key of the hashes, at least one byte; with another key the same secret gets another hash
     * @throws IllegalArgumentException if the key is empty
     */
    public CredentialRedactor(byte[] tenantKey, RuleSet rules) {
        if (tenantKey.length == 0) {
            throw new IllegalArgumentException(
                    "the key for the hashes of redacted secrets is empty: give at least one byte");
        }
        this.tenantKey = tenantKey.clone();
        this.rules = rules;
    }

    @Override
    public Redacted<String> redact(String text) {
        return redact(text, new Work());
    }

    /** Where the credentials of a text are, from its start to its end. */
    public List<Finding> findings(String text) {
        return edits(text, new Work()).findings();
    }

    Redacted<String> redact(String text, Work work) {
        Edits edits = edits(text, work);
        Map<String, Integer> counts = new TreeMap<>();
        edits.findings().forEach(finding -> counts.merge(finding.rule(), 1, Integer::sum));
        return new Redacted<>(edits.text(), counts);
    }

    /** A replacement can uncover a neighbour, so the rules run until nothing changes; for a clean text that is once. */
    private Edits edits(String text, Work work) {
        Edits edits = Edits.none(text);
        Round round;
        do {
            work.round();
            round = rules.look(edits.text(), tenantKey, work);
            edits = edits.and(round.findings());
        } while (!round.findings().isEmpty());
        return edits;
    }
}
