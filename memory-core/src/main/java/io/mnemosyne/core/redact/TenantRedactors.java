package io.mnemosyne.core.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.function.Function;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Gives every tenant a redactor with a key of its own, derived from one master key. */
public final class TenantRedactors implements Function<String, Redactor> {
    private static final String ALGORITHM = "HmacSHA256";
    private final SecretKeySpec masterKey;

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
        this.masterKey = new SecretKeySpec(masterKey, ALGORITHM);
    }

    @Override
    public Redactor apply(String tenant) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(masterKey);
            return new CredentialRedactor(mac.doFinal(tenant.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
