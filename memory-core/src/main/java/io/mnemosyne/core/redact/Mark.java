package io.mnemosyne.core.redact;

import java.util.HexFormat;

import com.google.re2j.Pattern;

import io.mnemosyne.core.Hmac;

/**
 * What stands for a secret: {@code [REDACTED:rule:hash]}. The hash is keyed, so that equal secrets can be told to be
 * equal without telling what they are.
 */
final class Mark {
    private static final String START = "[REDACTED:";
    private static final Pattern MARK = Pattern.compile("\\[REDACTED:[a-z0-9-]{1,30}:[0-9a-f]{8}\\]");
    private static final int LONGEST = 52;

    private Mark() {
    }

    static String of(String rule, String secret, byte[] key) {
        return START + rule + ":" + HexFormat.of().formatHex(Hmac.of(key, secret), 0, 4) + "]";
    }

    static boolean isIn(String text) {
        return text.contains(START);
    }

    /** Whether the character at this place belongs to a mark. */
    static boolean surrounds(String text, int at) {
        int start = at;
        while (start >= 0 && start > at - LONGEST && text.charAt(start) != '[') {
            start--;
        }
        if (start < 0 || !text.startsWith(START, start)) {
            return false;
        }
        var matcher = MARK.matcher(text.substring(start, Math.min(text.length(), start + LONGEST)));
        return matcher.lookingAt() && at < start + matcher.end();
    }
}
