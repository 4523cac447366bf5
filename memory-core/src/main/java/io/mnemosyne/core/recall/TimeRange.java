package io.mnemosyne.core.recall;

import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time.
 *
 * @param from its first moment; empty for open
 * @param to the moment after its last; empty for open
 */
public record TimeRange(Optional<Instant> from, Optional<Instant> to) {
    /** @throws IllegalArgumentException if it ends before it begins */
    public TimeRange {
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw new IllegalArgumentException("a time range ends at " + to.get() + ", before it begins at "
                    + from.get());
        }
    }

    /** Whether a moment is within it. */
    public boolean contains(Instant at) {
        return from.map(first -> !at.isBefore(first)).orElse(true) && to.map(at::isBefore).orElse(true);
    }
}
