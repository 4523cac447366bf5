package io.mnemosyne.core.trace;

import java.util.Optional;

import io.mnemosyne.core.Excerpt;

/**
 * Whether the stages write spans, and what those show of what was said.
 *
 * @param excerptBytes how much of a text an excerpt shows, UTF-8 bytes; at least {@value #MIN_EXCERPT}
 */
public record Tracing(boolean on, Content content, int excerptBytes) {
    /** No spans. */
    public static final Tracing OFF = new Tracing(false, Content.NONE, 4_096);
    /** Spans with every text in full. */
    public static final Tracing FULL = new Tracing(true, Content.FULL, 4_096);
    /** Fewer bytes leave no room for the mark of what was left out. */
    public static final int MIN_EXCERPT = 100;
    private static final String WITHHELD = "the text is not traced";

    /** What a span shows of a text. */
    public enum Content {
        /** All of it. */
        FULL,
        /** Its beginning and end. */
        EXCERPT,
        /** Nothing: only that there was a step, its times, its size and its cost. */
        NONE
    }

    /** @throws IllegalArgumentException if an excerpt has no room for its mark */
    public Tracing {
        if (excerptBytes < MIN_EXCERPT) {
            throw new IllegalArgumentException(
                    "an excerpt needs at least " + MIN_EXCERPT + " bytes, not " + excerptBytes);
        }
    }

    /** Spans with as much of each text as is said; excerpts of 4 KiB. */
    public static Tracing with(Content content) {
        return new Tracing(true, content, OFF.excerptBytes);
    }

    /** Whether spans show anything of a text. */
    public boolean showsContent() {
        return content != Content.NONE;
    }

    /** What a span shows of a text. */
    public Optional<String> show(String text) {
        return switch (content) {
            case FULL -> Optional.of(text);
            case EXCERPT -> Optional.of(Excerpt.of(text, excerptBytes));
            case NONE -> Optional.empty();
        };
    }

    /** A short line of what went wrong; not even that where nothing is shown. */
    public Outcome error(String text) {
        return Outcome.error(showsContent() ? Excerpt.of(text, Math.min(excerptBytes, 500)) : WITHHELD);
    }
}
