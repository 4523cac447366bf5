package io.mnemosyne.trace;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceId;
import io.mnemosyne.core.trace.TraceIds;

/** Things to tell the sink. */
final class Told {
    static final Instant START = Instant.parse("2026-01-01T08:00:00Z");
    static final TraceId TRACE = new TraceId("0af7651916cd43dd8448eb211c80319c");

    private Told() {
    }

    static SpanId id(int number) {
        return new SpanId("%016x".formatted(number));
    }

    static Place in(SpanId parent) {
        return new Place.InTrace(TRACE, Optional.of(parent));
    }

    static Place atRoot() {
        return new Place.InTrace(TRACE, Optional.empty());
    }

    static Place at(String thread, long seq) {
        return new Place.AtTurn(thread, 0, seq, Optional.empty());
    }

    static SpanEvent.Finished finished(Place place, SpanId id, SpanFacts facts) {
        return new SpanEvent.Finished(place, new Span(id, SpanType.SPAN, "step " + id, START, START.plusSeconds(1),
                Outcome.SUCCESS, facts));
    }

    static SpanEvent.Started started(Place place, SpanId id, SpanType type, Instant at, SpanFacts facts) {
        return new SpanEvent.Started(place, id, type, "step " + id, at, facts);
    }

    static SpanEvent.Ended ended(Place place, SpanId id, Instant at, SpanFacts facts) {
        return new SpanEvent.Ended(place, id, at, Outcome.SUCCESS, facts);
    }

    static SpanEvent.Linked root(String tenant, String thread, long fromSeq) {
        return new SpanEvent.Linked(thread, 0, fromSeq, new SpanEvent.Target.ToTrace(
                TraceIds.run(new ThreadKey(tenant, thread), 0, fromSeq), Optional.empty()));
    }

    static SpanEvent.Linked below(String thread, long fromSeq, String parent, long seq, Optional<String> call) {
        return new SpanEvent.Linked(thread, 0, fromSeq, new SpanEvent.Target.ToTurn(parent, seq, call));
    }

    static SpanFacts texts(String input, String output) {
        return facts(Optional.of(input).filter(text -> !text.isEmpty()),
                Optional.of(output).filter(text -> !text.isEmpty()), Optional.of("chat"));
    }

    static SpanFacts session(String name) {
        return facts(Optional.empty(), Optional.empty(), Optional.of(name));
    }

    private static SpanFacts facts(Optional<String> input, Optional<String> output, Optional<String> session) {
        return new SpanFacts(input, output, Optional.empty(), Map.of(), Map.of(), session, Optional.empty(), List.of(),
                Map.of(), Map.of(), List.of());
    }
}
