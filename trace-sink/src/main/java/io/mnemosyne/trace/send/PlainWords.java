package io.mnemosyne.trace.send;

import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.trace.send.TraceBackend.Origin;

/** Attributes for backends that know OpenTelemetry's conventions only; what these do not name has a name of ours. */
record PlainWords(Origin origin) implements SpanMapping.Vocabulary {
    private static final String OURS = "mnemosyne.";
    private static final String LANGFUSE = "langfuse.";

    @Override
    public void describe(PlacedSpan placed, Attributes to) {
        Span span = placed.span();
        SpanFacts facts = span.facts();
        Optional<String> session = facts.session().or(placed::thread);
        to.add(OURS + "type", span.type().name().toLowerCase(Locale.ROOT));
        to.add(OURS + "level", span.outcome().level().name());
        to.add(OURS + "message", span.outcome().message());
        to.add(OURS + "tenant", placed.tenant());
        to.add(OURS + "thread", placed.thread());
        to.add(OURS + "input", facts.input());
        to.add(OURS + "output", facts.output());
        facts.cost().forEach((kind, dollars) -> to.addJson(OURS + "cost." + kind, dollars.toString()));
        facts.metadata().forEach((key, value) -> to.add(OURS + "metadata." + key, value));
        if (!facts.tags().isEmpty()) {
            to.add(OURS + "tags", OtlpValues.texts(facts.tags()));
        }
        to.add("session.id", session);
        to.add("user.id", facts.user());
        to.add("deployment.environment.name", origin.environment());
        GenAi.describe(span, session, to);
        facts.attributes().forEach((name, json) -> to.addJson(ours(name), json));
    }

    /** What is said in the words of another backend, for example the name of a trace. */
    private static String ours(String name) {
        return name.startsWith(LANGFUSE) ? OURS + name.substring(LANGFUSE.length()) : name;
    }
}
