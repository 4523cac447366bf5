package io.mnemosyne.core.trace;

import java.time.Instant;
import java.util.Optional;

/**
 * What was heard so far of one step in its trace: how it began, how it ended, or both.
 *
 * @param parent empty for the root, or if only the end is known
 * @param thread the thread that the step belongs to, if any
 */
public record SpanPart(String tenant, TraceId trace, Optional<SpanId> parent, Optional<String> thread, SpanId id,
        Optional<Begun> begun, Optional<Over> over) {

    /** How a step began. */
    public record Begun(SpanType type, String name, Instant at, SpanFacts facts) {
    }

    /** How a step ended. */
    public record Over(Instant at, Outcome outcome, SpanFacts facts) {
    }

    /**
     * An event at the place that was found for it.
     *
     * @throws IllegalArgumentException if it is a link, which is no step
     */
    public static SpanPart of(String tenant, SpanEvent event, Place.InTrace place, Optional<String> thread) {
        return switch (event) {
            case SpanEvent.Finished(Place _, Span span) -> new SpanPart(tenant, place.trace(),
                    place.parent().filter(parent -> !parent.equals(span.id())), thread, span.id(),
                    Optional.of(new Begun(span.type(), span.name(), span.startedAt(), span.facts())),
                    Optional.of(new Over(span.endedAt(), span.outcome(), SpanFacts.NONE)));
            case SpanEvent.Started(Place _, SpanId id, SpanType type, String name, Instant at, SpanFacts facts) ->
                new SpanPart(tenant, place.trace(), place.parent().filter(parent -> !parent.equals(id)), thread, id,
                        Optional.of(new Begun(type, name, at, facts)), Optional.empty());
            case SpanEvent.Ended(Place _, SpanId id, Instant at, Outcome outcome, SpanFacts facts) ->
                new SpanPart(tenant, place.trace(), Optional.empty(), thread, id, Optional.empty(),
                        Optional.of(new Over(at, outcome, facts)));
            case SpanEvent.Linked _ -> throw new IllegalArgumentException("a link is no step");
        };
    }

    /** Its record key: {@code tenant/traceId}. */
    public String key() {
        return tenant + "/" + trace;
    }

    public boolean complete() {
        return begun.isPresent() && over.isPresent();
    }

    /** Whether another part says something that this one does not. */
    boolean lacks(SpanPart other) {
        return (begun.isEmpty() && other.begun.isPresent()) || (over.isEmpty() && other.over.isPresent());
    }

    /** With what another part of the same step says that this one does not. */
    SpanPart and(SpanPart other) {
        return new SpanPart(tenant, trace, begun.isPresent() ? parent : other.parent, thread.or(other::thread), id,
                begun.or(other::begun), over.or(other::over));
    }

    /** The latest time that it names. */
    public Instant newest() {
        return over.map(Over::at).or(() -> begun.map(Begun::at)).orElse(Instant.EPOCH);
    }

    SpanPart below(Optional<SpanId> other) {
        return new SpanPart(tenant, trace, other, thread, id, begun, over);
    }

    /** With a session, if it names none itself. */
    SpanPart inSession(String session) {
        return begun.map(start -> begunWith(new Begun(start.type(), start.name(), start.at(),
                TraceState.session(session).and(start.facts())))).orElse(this);
    }

    SpanPart endedBy(Over end) {
        return new SpanPart(tenant, trace, parent, thread, id, begun, Optional.of(end));
    }

    SpanPart begunWith(Begun start) {
        return new SpanPart(tenant, trace, parent, thread, id, Optional.of(start), over);
    }
}
