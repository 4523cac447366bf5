package io.mnemosyne.schemas.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.mnemosyne.avro.SpanData;
import io.mnemosyne.avro.SpanEndData;
import io.mnemosyne.avro.SpanFactsData;
import io.mnemosyne.avro.SpanLevel;
import io.mnemosyne.avro.SpanMomentData;
import io.mnemosyne.avro.SpanPlaceData;
import io.mnemosyne.avro.SpanStartData;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanMoment;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceId;

/** What the topics of spans share. An id that is ill-formed is an {@link IllegalArgumentException}. */
final class Spans {
    private static final String NO_TRACE = "";

    private Spans() {
    }

    static SpanData toAvro(Place place, Span span) {
        return switch (place) {
            case Place.InTrace(TraceId trace, Optional<SpanId> parent) ->
                toAvro(trace.hex(), parent, null, 0, null, span);
            case Place.AtTurn(String thread, long incarnation, long seq, Optional<SpanId> parent) ->
                toAvro(NO_TRACE, parent, thread, incarnation, seq, span);
        };
    }

    /** @param thread null if the step belongs to none */
    static SpanData toAvro(String trace, Optional<SpanId> parent, @Nullable String thread, long incarnation,
            @Nullable Long seq, Span span) {
        return new SpanData(trace, span.id().hex(), parent.map(SpanId::hex).orElse(null), thread, span.name(),
                span.startedAt(), span.endedAt(), span.outcome().level() == Outcome.Level.ERROR, Map.of(), incarnation,
                seq, Symbols.toAvro(io.mnemosyne.avro.SpanType.class, span.type()),
                Symbols.toAvro(SpanLevel.class, span.outcome().level()), Nullables.toAvro(span.outcome().message()),
                toAvro(span.facts()));
    }

    static SpanEvent.Finished toFinished(SpanData data) {
        Optional<SpanId> parent = Nullables.toCore(data.getParentSpanId()).map(SpanId::new);
        Place place = data.getTraceId().isEmpty()
                ? new Place.AtTurn(Kinds.body("span at a turn", data.getThread()), data.getIncarnation(),
                        Kinds.body("span at a turn", data.getSeq()), parent)
                : new Place.InTrace(new TraceId(data.getTraceId()), parent);
        return new SpanEvent.Finished(place, toCore(data));
    }

    static Span toCore(SpanData data) {
        Outcome.Level level = data.getError()
                ? Outcome.Level.ERROR
                : Symbols.toCore(Outcome.Level.class, data.getLevel());
        return new Span(new SpanId(data.getSpanId()), Symbols.toCore(SpanType.class, data.getType()), data.getName(),
                data.getStartedAt(), data.getEndedAt(), new Outcome(level, Nullables.toCore(data.getMessage())),
                facts(data));
    }

    /** A producer without facts has attributes only. */
    private static SpanFacts facts(SpanData data) {
        SpanFacts facts = Nullables.toCore(data.getFacts()).map(Spans::toCore).orElse(SpanFacts.NONE);
        return data.getAttributes().isEmpty() ? facts : facts.withAttributes(data.getAttributes());
    }

    static SpanStartData toAvro(SpanEvent.Started started) {
        return new SpanStartData(toAvro(started.place()), started.id().hex(),
                Symbols.toAvro(io.mnemosyne.avro.SpanType.class, started.type()), started.name(), started.at(),
                toAvro(started.facts()));
    }

    static SpanEvent.Started toCore(SpanStartData data) {
        return new SpanEvent.Started(toCore(data.getPlace()), new SpanId(data.getSpanId()),
                Symbols.toCore(SpanType.class, data.getType()), data.getName(), data.getStartedAt(),
                toCore(data.getFacts()));
    }

    static SpanEndData toAvro(SpanEvent.Ended ended) {
        return new SpanEndData(toAvro(ended.place()), ended.id().hex(), ended.at(),
                Symbols.toAvro(SpanLevel.class, ended.outcome().level()),
                Nullables.toAvro(ended.outcome().message()), toAvro(ended.facts()));
    }

    static SpanEvent.Ended toCore(SpanEndData data) {
        return new SpanEvent.Ended(toCore(data.getPlace()), new SpanId(data.getSpanId()), data.getEndedAt(),
                new Outcome(Symbols.toCore(Outcome.Level.class, data.getLevel()),
                        Nullables.toCore(data.getMessage())),
                toCore(data.getFacts()));
    }

    private static SpanPlaceData toAvro(Place place) {
        return switch (place) {
            case Place.InTrace(TraceId trace, Optional<SpanId> parent) ->
                new SpanPlaceData(trace.hex(), parent.map(SpanId::hex).orElse(null), null, 0L, 0L);
            case Place.AtTurn(String thread, long incarnation, long seq, Optional<SpanId> parent) ->
                new SpanPlaceData(null, parent.map(SpanId::hex).orElse(null), thread, incarnation, seq);
        };
    }

    private static Place toCore(SpanPlaceData data) {
        Optional<SpanId> parent = Nullables.toCore(data.getParentSpanId()).map(SpanId::new);
        return Nullables.toCore(data.getTraceId()).<Place>map(trace -> new Place.InTrace(new TraceId(trace), parent))
                .orElseGet(() -> new Place.AtTurn(Kinds.body("place", data.getThread()), data.getIncarnation(),
                        data.getSeq(), parent));
    }

    private static SpanFactsData toAvro(SpanFacts facts) {
        return new SpanFactsData(Nullables.toAvro(facts.input()), Nullables.toAvro(facts.output()),
                Nullables.toAvro(facts.model()), facts.usage(), facts.cost(), Nullables.toAvro(facts.session()),
                Nullables.toAvro(facts.user()), facts.tags(), facts.metadata(), facts.attributes(),
                facts.events().stream()
                        .map(event -> new SpanMomentData(event.name(), event.at(), event.attributes())).toList());
    }

    private static SpanFacts toCore(SpanFactsData data) {
        List<SpanMoment> events = data.getEvents().stream()
                .map(event -> new SpanMoment(event.getName(), event.getAt(), event.getAttributes())).toList();
        return new SpanFacts(Nullables.toCore(data.getInput()), Nullables.toCore(data.getOutput()),
                Nullables.toCore(data.getModel()), data.getUsage(), data.getCost(),
                Nullables.toCore(data.getSession()), Nullables.toCore(data.getUser()), data.getTags(),
                data.getMetadata(), data.getAttributes(), events);
    }
}
