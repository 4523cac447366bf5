package io.mnemosyne.core.redact;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanMoment;

/** Redacts every text of a span event: names, what went in and out, and whatever an agent's own tracing says. */
public final class SpanRedactor {
    private final Redactor redactor;

    public SpanRedactor(Redactor redactor) {
        this.redactor = redactor;
    }

    public Redacted<SpanEvent> redact(SpanEvent event) {
        Pass pass = new Pass(redactor);
        SpanEvent clean = switch (event) {
            case SpanEvent.Finished(var place, Span span) -> new SpanEvent.Finished(place, new Span(span.id(),
                    span.type(), pass.text(span.name()), span.startedAt(), span.endedAt(),
                    pass.outcome(span.outcome()), pass.facts(span.facts())));
            case SpanEvent.Started(var place, var id, var type, String name, var at, SpanFacts facts) ->
                new SpanEvent.Started(place, id, type, pass.text(name), at, pass.facts(facts));
            case SpanEvent.Ended(var place, var id, var at, Outcome outcome, SpanFacts facts) ->
                new SpanEvent.Ended(place, id, at, pass.outcome(outcome), pass.facts(facts));
            case SpanEvent.Linked linked -> linked;
        };
        return new Redacted<>(clean, pass.counts());
    }

    private static final class Pass extends RedactionPass {
        Pass(Redactor redactor) {
            super(redactor);
        }

        Outcome outcome(Outcome outcome) {
            return new Outcome(outcome.level(), outcome.message().map(this::text));
        }

        SpanFacts facts(SpanFacts facts) {
            return new SpanFacts(text(facts.input()), text(facts.output()), text(facts.model()), names(facts.usage()),
                    names(facts.cost()), text(facts.session()), text(facts.user()),
                    facts.tags().stream().map(this::text).toList(), map(facts.metadata()), map(facts.attributes()),
                    moments(facts.events()));
        }

        private List<SpanMoment> moments(List<SpanMoment> moments) {
            return moments.stream()
                    .map(moment -> new SpanMoment(text(moment.name()), moment.at(), map(moment.attributes()))).toList();
        }

        private Optional<String> text(Optional<String> text) {
            return text.map(this::text);
        }

        private <V> Map<String, V> names(Map<String, V> values) {
            Map<String, V> clean = new TreeMap<>();
            values.forEach((name, value) -> clean.put(text(name), value));
            return clean;
        }
    }
}
