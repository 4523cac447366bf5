package io.mnemosyne.service;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.mnemosyne.core.Position;
import io.mnemosyne.core.redact.Redactor;
import io.mnemosyne.core.redact.SpanRedactor;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanNames;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.schemas.produce.TurnLog;

/** Redacts what agents say of their own steps, and writes it. Nothing is logged of it. */
final class SpanIntake {
    private final TurnLog log;
    private final Function<String, Redactor> redactors;

    SpanIntake(TurnLog log, Function<String, Redactor> redactors) {
        this.log = log;
        this.redactors = redactors;
    }

    /** Completes when it is durable. */
    CompletableFuture<Position> take(String tenant, SpanEvent event) {
        return log.append(new SpanRecord(tenant,
                named(new SpanRedactor(redactors.apply(tenant)).redact(event).value())));
    }

    /** A mark may be longer than what it stands for. */
    private static SpanEvent named(SpanEvent event) {
        return switch (event) {
            case SpanEvent.Finished(var place, Span span) -> new SpanEvent.Finished(place, new Span(span.id(),
                    span.type(), SpanNames.of(span.name()), span.startedAt(), span.endedAt(), span.outcome(),
                    span.facts()));
            case SpanEvent.Started(var place, var id, var type, String name, var at, var facts) ->
                new SpanEvent.Started(place, id, type, SpanNames.of(name), at, facts);
            case SpanEvent.Ended _,SpanEvent.Linked _ -> event;
        };
    }
}
