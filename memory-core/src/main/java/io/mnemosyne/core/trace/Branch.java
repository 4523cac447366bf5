package io.mnemosyne.core.trace;

import java.util.Optional;

/**
 * Where an agent's run hangs.
 *
 * @param parent what called it; empty if it is the root of its trace
 * @param session under which people look for it: the root thread of a swarm, or what the run says
 */
public record Branch(TraceId trace, Optional<SpanId> parent, String session) {
}
