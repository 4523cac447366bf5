package io.mnemosyne.core.redact;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;

/**
 * Which texts had no secret when they were looked at. Agents send the same context again and again. Holds no text, only
 * fingerprints under the tenant's key; thread-safe, and bounded: what was not asked for while as many others were noted
 * as it holds is forgotten.
 */
final class CleanTexts {
    private static final String ALGORITHM = "SHA-256";
    private final int most;
    private Set<Fingerprint> recent = new HashSet<>();
    private Set<Fingerprint> older = Set.of();

    /** @param most fingerprints that it holds, about 80 bytes each */
    CleanTexts(int most) {
        this.most = most;
    }

    synchronized boolean contains(Fingerprint text) {
        if (recent.contains(text)) {
            return true;
        }
        if (older.contains(text)) {
            add(text);
            return true;
        }
        return false;
    }

    synchronized void add(Fingerprint text) {
        if (recent.size() >= most / 2) {
            older = recent;
            recent = new HashSet<>();
        }
        recent.add(text);
    }

    /** Half of a SHA-256 over a tenant's key and a text. */
    record Fingerprint(long high, long low) {

        static Fingerprint of(byte[] tenantKey, String text) {
            try {
                MessageDigest digest = MessageDigest.getInstance(ALGORITHM);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(tenantKey.length).flip());
                digest.update(tenantKey);
                ByteBuffer characters = ByteBuffer.allocate(text.length() * Character.BYTES);
                characters.asCharBuffer().put(text);
                digest.update(characters);
                ByteBuffer hash = ByteBuffer.wrap(digest.digest());
                return new Fingerprint(hash.getLong(), hash.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
            }
        }
    }
}
