package io.mnemosyne.core;

import java.util.List;

import io.mnemosyne.core.trace.TraceContext;

/**
 * A turn as its producer sends it: without a seq.
 *
 * @param eventId the producer's id of this event, 1 to 256 characters; a second event with the same id in the same
 *            thread is a duplicate
 */
public record RawTurn(String eventId, Role role, List<Part> parts, Origin origin) {
    public RawTurn {
        parts = List.copyOf(parts);
    }

    public RawTurn withParts(List<Part> parts) {
        return new RawTurn(eventId, role, parts, origin);
    }

    /** The same caused by a step of the agent's own trace, unless it says already by which. */
    public RawTurn orIn(TraceContext cause) {
        return origin.traceContext().isPresent() ? this : new RawTurn(eventId, role, parts, origin.in(cause));
    }
}
