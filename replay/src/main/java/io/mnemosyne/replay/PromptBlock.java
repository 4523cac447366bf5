package io.mnemosyne.replay;

import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;

/**
 * One piece of a prompt.
 *
 * @param sha the first 32 hex digits of the text's SHA-256
 * @param events indexes of the source events that it stands for, if it stands for any
 */
public record PromptBlock(Kind kind, Optional<SeqRange> events, String text, String sha) {
    private static final int SHA_DIGITS = 32;

    /** What a block holds. */
    public enum Kind {
        SYSTEM,
        STATE,
        OBSERVATION,
        REFLECTION,
        SUMMARY,
        STUB,
        TURN,
        USER;

        /** The name in a prompt log. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A block with its hash. */
    public static PromptBlock of(Kind kind, Optional<SeqRange> events, String text) {
        return new PromptBlock(kind, events, text, Sha256.hex(text).substring(0, SHA_DIGITS));
    }
}
