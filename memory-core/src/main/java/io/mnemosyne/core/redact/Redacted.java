package io.mnemosyne.core.redact;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A text, or something made of texts, without its credentials.
 *
 * @param <T> what was redacted
 * @param counts replacements by the name of the rule; empty if nothing was found
 */
public record Redacted<T>(T value, Map<String, Integer> counts) {
    public Redacted {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /** How many credentials were replaced. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
