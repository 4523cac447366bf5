package io.mnemosyne.core.trace;

import java.util.regex.Pattern;

/** Names one trace, as in W3C Trace Context: 32 lower-case hex digits, not all zero. */
public record TraceId(String hex) {
    private static final Pattern FORM = Pattern.compile("(?!0{32})[0-9a-f]{32}");

    /** @throws IllegalArgumentException if it is ill-formed */
    public TraceId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a trace id is 32 lower-case hex digits that are not all zero");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
