package io.mnemosyne.core.trace;

import java.util.regex.Pattern;

/** Names one span in its trace, as in W3C Trace Context: 16 lower-case hex digits, not all zero. */
public record SpanId(String hex) {
    private static final Pattern FORM = Pattern.compile("(?!0{16})[0-9a-f]{16}");

    /** @throws IllegalArgumentException if it is ill-formed */
    public SpanId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a span id is 16 lower-case hex digits that are not all zero");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
