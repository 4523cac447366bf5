package io.mnemosyne.core.redact;

import java.util.function.Function;

import io.mnemosyne.core.Hmac;

/** Gives every tenant a redactor with a key of its own, derived from one master key. Texts that were clean are not looked at again. */
public final class TenantRedactors implements Function<String, Redactor> {
    /** A few hundred contexts of a hundred texts; 5 MB. */
    private static final int REMEMBERED = 1 << 16;
    private final byte[] masterKey;
    private final RuleSet rules;
    private final CleanTexts clean = new CleanTexts(REMEMBERED);

    /**
     * Redactors under one master key, with the built-in rules.
     *
     * @param masterKey the same in every process and for all time, otherwise the same secret gets different marks; kept
     *            secret, since who knows it can test guesses of short secrets
     * @throws IllegalArgumentException if it is empty
     */
    public TenantRedactors(byte[] masterKey) {
        this(masterKey, RuleSet.builtIn());
    }

    /**
     * Redactors under one master key.
     *
     * @param masterKey the same in every process and for all time, otherwise the same secret gets different marks; kept
     *            secret, since who knows it can test guesses of short secrets
     * @throws IllegalArgumentException if it is empty
     */
    public TenantRedactors(byte[] masterKey, RuleSet rules) {
        if (masterKey.length == 0) {
            throw new IllegalArgumentException(
                    "the master key of redaction is empty: give at least one byte, better 32");
        }
        this.masterKey = masterKey.clone();
        this.rules = rules;
    }

    @Override
    public Redactor apply(String tenant) {
        return new RememberingRedactor(scanner(tenant), Hmac.of(masterKey, tenant), clean);
    }

    /** The redactor of a tenant without a memory, which also tells where credentials are. */
    public CredentialRedactor scanner(String tenant) {
        return new CredentialRedactor(Hmac.of(masterKey, tenant), rules);
    }
}
