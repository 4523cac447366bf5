package io.mnemosyne.trace.send;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanMoment;

/** The texts of a span that may be large, each under a name. */
final class Fields {
    static final String INPUT = "input";
    static final String OUTPUT = "output";

    private Fields() {
    }

    /** What becomes of a field. */
    @FunctionalInterface
    interface Change {
        String apply(String field, String text);
    }

    /** The span with every text changed. */
    static Span change(Span span, Change change) {
        SpanFacts facts = span.facts();
        List<SpanMoment> events = new ArrayList<>();
        for (SpanMoment event : facts.events()) {
            String name = "events." + events.size();
            events.add(new SpanMoment(event.name(), event.at(), change(name, event.attributes(), change)));
        }
        SpanFacts changed = new SpanFacts(facts.input().map(text -> change.apply(INPUT, text)),
                facts.output().map(text -> change.apply(OUTPUT, text)), facts.model(), facts.usage(), facts.cost(),
                facts.session(), facts.user(), facts.tags(), change("metadata", facts.metadata(), change),
                change("attributes", facts.attributes(), change), events);
        Outcome outcome = new Outcome(span.outcome().level(),
                span.outcome().message().map(text -> change.apply("message", text)));
        return new Span(span.id(), span.type(), span.name(), span.startedAt(), span.endedAt(), outcome, changed);
    }

    /** The span with more metadata. */
    static Span withMetadata(Span span, Map<String, String> more) {
        SpanFacts facts = span.facts();
        Map<String, String> metadata = new TreeMap<>(facts.metadata());
        metadata.putAll(more);
        return new Span(span.id(), span.type(), span.name(), span.startedAt(), span.endedAt(), span.outcome(),
                new SpanFacts(facts.input(), facts.output(), facts.model(), facts.usage(), facts.cost(),
                        facts.session(), facts.user(), facts.tags(), metadata, facts.attributes(), facts.events()));
    }

    private static Map<String, String> change(String group, Map<String, String> texts, Change change) {
        Map<String, String> changed = new TreeMap<>();
        texts.forEach((key, text) -> changed.put(key, change.apply(group + "." + key, text)));
        return changed;
    }
}
