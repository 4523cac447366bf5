package io.mnemosyne.core.redact;

import java.util.Map;

import io.mnemosyne.core.redact.CleanTexts.Fingerprint;

/**
 * Looks at a text once as long as it is remembered to be clean. What it answers is what the other one answers. Texts with
 * secrets are not remembered, but what becomes of them is: the next stage redacts it again.
 */
final class RememberingRedactor implements Redactor {
    /** Shorter ones are looked at sooner than a hash is made. */
    private static final int SHORTEST = 256;
    private final Redactor redactor;
    private final byte[] tenantKey;
    private final CleanTexts clean;

    RememberingRedactor(Redactor redactor, byte[] tenantKey, CleanTexts clean) {
        this.redactor = redactor;
        this.tenantKey = tenantKey;
        this.clean = clean;
    }

    @Override
    public Redacted<String> redact(String text) {
        if (text.length() < SHORTEST) {
            return redactor.redact(text);
        }
        Fingerprint fingerprint = Fingerprint.of(tenantKey, text);
        if (clean.contains(fingerprint)) {
            return new Redacted<>(text, Map.of());
        }
        Redacted<String> redacted = redactor.redact(text);
        clean.add(redacted.total() == 0 ? fingerprint : Fingerprint.of(tenantKey, redacted.value()));
        return redacted;
    }
}
