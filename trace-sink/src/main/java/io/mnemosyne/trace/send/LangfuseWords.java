package io.mnemosyne.trace.send;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.trace.send.TraceBackend.Origin;

/**
 * Attributes as Langfuse reads them. Its own come first, because each of them keeps it from guessing. What it knows of a
 * trace it takes from the spans, and from each alone: so every span says it all.
 */
record LangfuseWords(Origin origin) implements SpanMapping.Vocabulary {
    /** The trace sink gives it to every span of a trace, as an agent's own tracing would. */
    static final String TRACE_NAME = "langfuse.trace.name";
    private static final String METADATA = "langfuse.observation.metadata.";
    /** What only a model's call can say: elsewhere it would be ignored, or counted twice with that of the call. */
    private static final List<String> OF_MODEL_CALLS = List.of("gen_ai.usage.", "gen_ai.request.model",
            "gen_ai.response.model", "llm.token_count.", "llm.usage.", "llm.model_name", "llm.cost.",
            "langfuse.observation.usage_details", "langfuse.observation.cost_details", "langfuse.observation.model.",
            "langfuse.observation.prompt.", "langfuse.observation.completion_start_time");

    @Override
    public void describe(PlacedSpan placed, Attributes to) {
        Span span = placed.span();
        SpanFacts facts = span.facts();
        Optional<String> session = facts.session().or(placed::thread);
        to.add("langfuse.observation.type", span.type().name().toLowerCase(Locale.ROOT));
        ofTrace(facts, session, to);
        to.add("langfuse.observation.input", facts.input());
        to.add("langfuse.observation.output", facts.output());
        to.add("langfuse.observation.level", span.outcome().level().name());
        to.add("langfuse.observation.status_message", span.outcome().message());
        if (isModelCall(span.type())) {
            to.add("langfuse.observation.model.name", facts.model());
            addNumbers("langfuse.observation.usage_details", facts.usage(), to);
            addNumbers("langfuse.observation.cost_details", facts.cost(), to);
        }
        facts.metadata().forEach((key, value) -> to.add(METADATA + key, value));
        to.add(METADATA + "started_at", SpanMapping.micros(span.startedAt()));
        to.add(METADATA + "ended_at", SpanMapping.micros(span.endedAt()));
        to.add(METADATA + "tenant", placed.tenant());
        to.add(METADATA + "thread", placed.thread());
        GenAi.describe(span, session, to);
        facts.attributes().forEach((name, json) -> to.addJson(isMisread(name, span.type()) ? METADATA + name : name,
                json));
        // Last, because its trace may have a better one.
        to.add(TRACE_NAME, session);
    }

    private void ofTrace(SpanFacts facts, Optional<String> session, Attributes to) {
        to.add("langfuse.session.id", session);
        to.add("langfuse.user.id", facts.user());
        if (!facts.tags().isEmpty()) {
            to.add("langfuse.trace.tags", OtlpValues.texts(facts.tags()));
        }
        to.add("langfuse.environment", origin.environment());
        to.add("langfuse.release", origin.release());
        to.add("langfuse.version", origin.version());
    }

    private static void addNumbers(String name, Map<String, ? extends Number> numbers, Attributes to) {
        if (!numbers.isEmpty()) {
            to.add(name, numbers.entrySet().stream()
                    .filter(entry -> Double.isFinite(entry.getValue().doubleValue()))
                    .map(entry -> JsonText.quoted(entry.getKey()) + ":" + entry.getValue())
                    .collect(Collectors.joining(",", "{", "}")));
        }
    }

    private static boolean isMisread(String name, SpanType type) {
        return !isModelCall(type) && OF_MODEL_CALLS.stream().anyMatch(name::startsWith);
    }

    private static boolean isModelCall(SpanType type) {
        return type == SpanType.GENERATION || type == SpanType.EMBEDDING;
    }
}
