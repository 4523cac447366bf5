package io.mnemosyne.core.trace;

import java.time.Instant;

/**
 * A finished step.
 *
 * @param name what was done, 1 to 200 characters
 * @param startedAt UTC, to the microsecond
 * @param endedAt UTC, not before {@code startedAt}
 */
public record Span(SpanId id, SpanType type, String name, Instant startedAt, Instant endedAt, Outcome outcome,
        SpanFacts facts) {
}
