package io.mnemosyne.inference.prompts;

import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.tokens.TokenCounter;

/** Shortens texts to a number of tokens: beginning and end stay, the omission is marked. Deterministic. */
record Clip(TokenCounter counter) {
    /** The shortest excerpt, bytes. */
    private static final long SHORTEST = 100;

    /**
     * The text itself if it fits, else an excerpt that does. An excerpt has at least 100 bytes, whatever the limit.
     *
     * @param remark what the mark says besides, at most 40 characters
     */
    String to(long maxTokens, String text, String remark) {
        long bytes = Sha256.utf8Length(text);
        // No token has less than a byte, so that a short text need not be counted.
        if (bytes <= Math.max(SHORTEST, maxTokens)) {
            return text;
        }
        long tokens = counter.count(text);
        String shown = text;
        while (tokens > maxTokens && bytes > SHORTEST) {
            bytes = Math.max(SHORTEST, Math.min(bytes * 9 / 10, bytes * maxTokens / tokens));
            shown = Excerpt.of(text, (int) bytes, remark);
            tokens = counter.count(shown);
        }
        return shown;
    }
}
