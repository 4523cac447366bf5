package io.mnemosyne.core.trace;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.TextNode;

/**
 * What is known of a trace as a whole. Whoever says something first is right for the rest of the trace, since spans that
 * have left cannot be changed any more.
 *
 * @param name as JSON text
 * @param root the first step without a parent
 * @param sessionless whether the wait for a session was given up
 * @param newest the latest time that any of its steps names
 * @param newsAt when something was last heard of it, by the clock of the sink
 */
public record TraceState(String tenant, TraceId id, Optional<String> session, Optional<String> user, List<String> tags,
        Optional<String> name, Optional<SpanId> root, boolean sessionless, Instant newest, Instant newsAt) {
    /** Attribute that names the trace of a step. */
    public static final String NAME = "langfuse.trace.name";

    public TraceState {
        tags = List.copyOf(tags);
    }

    public static TraceState fresh(String tenant, TraceId id) {
        return new TraceState(tenant, id, Optional.empty(), Optional.empty(), List.of(), Optional.empty(),
                Optional.empty(), false, Instant.EPOCH, Instant.EPOCH);
    }

    /** Whether its steps need not wait for a session. */
    boolean ready() {
        return session.isPresent() || sessionless;
    }

    TraceState heard(SpanPart part, Instant now) {
        SpanFacts facts = part.begun().map(SpanPart.Begun::facts).orElse(SpanFacts.NONE)
                .and(part.over().map(SpanPart.Over::facts).orElse(SpanFacts.NONE));
        boolean isRoot = part.begun().isPresent() && part.parent().isEmpty();
        Optional<String> said = Optional.ofNullable(facts.attributes().get(NAME))
                .or(() -> part.begun().filter(_ -> isRoot).map(begun -> TextNode.valueOf(begun.name()).toString()));
        return new TraceState(tenant, id, session.or(facts::session), user.or(facts::user),
                tags.isEmpty() ? facts.tags() : tags, name.or(() -> said),
                root.or(() -> isRoot ? Optional.of(part.id()) : Optional.empty()), sessionless,
                part.newest().isAfter(newest) ? part.newest() : newest, now);
    }

    TraceState withoutSession() {
        return new TraceState(tenant, id, session, user, tags, name, root, true, newest, newsAt);
    }

    TraceState rootedAt(SpanId placeholder) {
        return new TraceState(tenant, id, session, user, tags, name, root.or(() -> Optional.of(placeholder)),
                sessionless, newest, newsAt);
    }

    /** What a step says of itself, and beside it what the trace says. */
    SpanFacts tell(SpanFacts facts) {
        return facts(session, user, tags, name.map(text -> Map.of(NAME, text)).orElse(Map.of())).and(facts);
    }

    static SpanFacts session(String session) {
        return facts(Optional.of(session), Optional.empty(), List.of(), Map.of());
    }

    private static SpanFacts facts(Optional<String> session, Optional<String> user, List<String> tags,
            Map<String, String> attributes) {
        return new SpanFacts(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of(), session, user,
                tags, Map.of(), attributes, List.of());
    }
}
