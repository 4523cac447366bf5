package io.mnemosyne.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A turn as an observer is shown it: long contents clipped to excerpts.
 *
 * @param tokens of the whole turn, not of the rendition
 */
public record Rendition(long seq, Role role, Optional<Instant> at, long tokens, List<Part> parts) {
    public Rendition {
        parts = List.copyOf(parts);
    }
}
