package io.mnemosyne.service.watch;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.mnemosyne.core.Hmac;

/** Says who sent a request, and when: HMAC-SHA256 of {@code timestamp.body}. */
final class Signature {
    private Signature() {
    }

    /** @param timestamp seconds since 1970 */
    static String of(String secret, long timestamp, String body) {
        return "sha256=" + HexFormat.of()
                .formatHex(Hmac.of(secret.getBytes(StandardCharsets.UTF_8), timestamp + "." + body));
    }
}
