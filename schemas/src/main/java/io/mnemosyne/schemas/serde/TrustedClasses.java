package io.mnemosyne.schemas.serde;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro loads only classes that it was told to trust, since a writer's schema can name any. Ours are those of one generated
 * package; whatever else the process trusts stays trusted.
 */
final class TrustedClasses {
    private static final String ENVELOPES = "io.mnemosyne.avro";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(ENVELOPES)));
    }

    private TrustedClasses() {
    }

    /** Takes effect once for the process, however often it is called. */
    static void trustEnvelopes() {
        // the work is done by loading this class
    }
}
