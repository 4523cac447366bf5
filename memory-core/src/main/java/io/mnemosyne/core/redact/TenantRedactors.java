package io.mnemosyne.core.redact;

import java.util.function.Function;

/** Gives every tenant a redactor with a key of its own, derived from one master key. */
public final class TenantRedactors implements Function<String, Redactor> {
    private final byte[] masterKey;

    /**
     * Redactors under one master key.
     *
     * @param masterKey the same in every process and for all time, otherwise the same secret gets different marks; kept
     *            secret, since who knows it can test guesses of short secrets
     * @throws IllegalArgumentException if it is empty
     */
    public TenantRedactors(byte[] masterKey) {
        if (masterKey.length == 0) {
            throw new IllegalArgumentException(
                    "the master key of redaction is empty: give at least one byte, better 32");
        }
        this.masterKey = masterKey.clone();
    }

    @Override
    public Redactor apply(String tenant) {
        return new CredentialRedactor(Hmac.of(masterKey, tenant));
    }
}
