package io.mnemosyne.trace.send;

import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanType;

/**
 * OpenTelemetry's conventions for generative AI. The names are written out, because the constants of the Java library are
 * deprecated since the conventions moved to a repository of their own.
 */
final class GenAi {
    static final String SCHEMA_URL = "https://opentelemetry.io/schemas/gen-ai/1.42.0";
    private static final String INPUT = "input";
    private static final String CACHED = "input_cached_tokens";
    private static final String CACHE_CREATION = "input_cache_creation";
    private static final String OUTPUT = "output";
    private static final String REASONING = "output_reasoning_tokens";
    private static final String TOOL = "execute_tool";
    private static final String AGENT = "invoke_agent";

    private GenAi() {
    }

    /** Says what a span is in these terms; content is left to the backend's own names, so that it travels once. */
    static void describe(Span span, Optional<String> session, Attributes to) {
        to.add("gen_ai.operation.name", operation(span.type()));
        to.add("gen_ai.conversation.id", session);
        switch (span.type()) {
            case TOOL -> to.add("gen_ai.tool.name", subject(span, TOOL));
            case AGENT -> to.add("gen_ai.agent.name", subject(span, AGENT));
            case GENERATION, EMBEDDING -> {
                to.add("gen_ai.response.model", span.facts().model());
                describe(span.facts().usage(), to);
            }
            default -> {
                // The conventions have no words of their own for these.
            }
        }
        if (span.outcome().level() == Outcome.Level.ERROR) {
            to.add("error.type", "_OTHER");
        }
    }

    /** Ours are disjoint kinds, these are sums with their parts. */
    private static void describe(Map<String, Long> usage, Attributes to) {
        sum(usage, to, "gen_ai.usage.input_tokens", INPUT, CACHED, CACHE_CREATION);
        sum(usage, to, "gen_ai.usage.cache_read.input_tokens", CACHED);
        sum(usage, to, "gen_ai.usage.cache_creation.input_tokens", CACHE_CREATION);
        sum(usage, to, "gen_ai.usage.output_tokens", OUTPUT, REASONING);
        sum(usage, to, "gen_ai.usage.reasoning.output_tokens", REASONING);
    }

    private static void sum(Map<String, Long> usage, Attributes to, String name, String... kinds) {
        long sum = 0;
        boolean known = false;
        for (String kind : kinds) {
            known |= usage.containsKey(kind);
            sum += usage.getOrDefault(kind, 0L);
        }
        if (known) {
            to.add(name, OtlpValues.number(sum));
        }
    }

    private static Optional<String> operation(SpanType type) {
        return switch (type) {
            case GENERATION -> Optional.of("chat");
            case EMBEDDING -> Optional.of("embeddings");
            case AGENT -> Optional.of(AGENT);
            case TOOL -> Optional.of(TOOL);
            case RETRIEVER -> Optional.of("retrieval");
            case SPAN, EVENT, CHAIN, GUARDRAIL, EVALUATOR -> Optional.empty();
        };
    }

    /** Spans are often named as the conventions want it: the operation, and what it is done with. */
    private static String subject(Span span, String operation) {
        return span.name().startsWith(operation + " ") ? span.name().substring(operation.length() + 1) : span.name();
    }
}
