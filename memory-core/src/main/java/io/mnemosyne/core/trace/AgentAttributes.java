package io.mnemosyne.core.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

import io.mnemosyne.core.trace.Outcome.Level;
import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.RawJson;

/**
 * Reads the attributes by which agents trace themselves: those of Langfuse, of OpenTelemetry's GenAI conventions
 * (https://opentelemetry.io/schemas/gen-ai/1.42.0) and of OpenInference; where several say the same, in that order. What
 * is understood becomes a fact, all else stays an attribute, so that nothing is lost.
 */
public final class AgentAttributes {
    private static final String METADATA = "langfuse.observation.metadata.";
    private static final String DETAILS = "gen_ai.client.inference.operation.details";
    private static final List<String> MODELS = List.of("langfuse.observation.model.name", "gen_ai.response.model",
            "gen_ai.request.model", "llm.model_name", "embedding.model_name");
    private static final String SYSTEM = "gen_ai.system_instructions";
    private static final String MESSAGES = "gen_ai.input.messages";

    private final Map<String, String> left;
    private final List<SpanMoment> events;

    private AgentAttributes(Map<String, String> attributes, List<SpanMoment> events) {
        this.left = new TreeMap<>(attributes);
        this.events = events;
    }

    /**
     * What attributes say of a step.
     *
     * @param attributes by name, each as JSON text
     * @param events within the step
     * @param outcome what the step says of its end besides
     */
    public static Told read(Map<String, String> attributes, List<SpanMoment> events, Outcome outcome) {
        return new AgentAttributes(attributes, events).told(outcome);
    }

    /** What was understood. */
    public record Told(SpanType type, Outcome outcome, SpanFacts facts) {
    }

    private Told told(Outcome outcome) {
        SpanType type = type();
        boolean billed = type == SpanType.GENERATION || type == SpanType.EMBEDDING;
        FactsBuilder facts = new FactsBuilder();
        if (billed) {
            facts.model(take(MODELS)).usage(usage()).cost(cost());
        }
        facts.input(take(List.of("langfuse.observation.input")).or(this::messages)
                .or(() -> take(List.of("gen_ai.tool.call.arguments", "input.value"))).or(() -> ofDetails(MESSAGES)));
        facts.output(take(List.of("langfuse.observation.output", "gen_ai.output.messages", "gen_ai.tool.call.result",
                "output.value")).or(() -> ofDetails("gen_ai.output.messages")));
        facts.session(take(List.of("langfuse.session.id", "session.id", "gen_ai.conversation.id")))
                .user(take(List.of("langfuse.user.id", "user.id"))).tags(tags()).metadata(metadata());
        Outcome end = outcome(outcome);
        left.forEach(facts::attribute);
        events.forEach(facts::event);
        return new Told(type, end, facts.build());
    }

    private SpanType type() {
        Optional<SpanType> said = text("langfuse.observation.type").flatMap(AgentAttributes::named);
        said.ifPresent(_ -> left.remove("langfuse.observation.type"));
        return said.or(() -> text("openinference.span.kind").flatMap(AgentAttributes::ofOpenInference))
                .or(() -> text("gen_ai.operation.name").flatMap(AgentAttributes::ofOperation))
                .or(() -> text("gen_ai.tool.name").map(_ -> SpanType.TOOL))
                .or(() -> MODELS.stream().anyMatch(left::containsKey)
                        ? Optional.of(SpanType.GENERATION)
                        : Optional.empty())
                .orElse(SpanType.SPAN);
    }

    private static Optional<SpanType> ofOpenInference(String kind) {
        return switch (kind.toUpperCase(Locale.ROOT)) {
            case "LLM" -> Optional.of(SpanType.GENERATION);
            case "RERANKER" -> Optional.of(SpanType.RETRIEVER);
            default -> named(kind);
        };
    }

    private static Optional<SpanType> ofOperation(String operation) {
        return switch (operation) {
            case "chat", "text_completion", "generate_content" -> Optional.of(SpanType.GENERATION);
            case "embeddings" -> Optional.of(SpanType.EMBEDDING);
            case "invoke_agent", "create_agent" -> Optional.of(SpanType.AGENT);
            case "execute_tool" -> Optional.of(SpanType.TOOL);
            case "invoke_workflow", "plan" -> Optional.of(SpanType.CHAIN);
            case "retrieval" -> Optional.of(SpanType.RETRIEVER);
            default -> Optional.empty();
        };
    }

    private static Optional<SpanType> named(String name) {
        try {
            return Optional.of(SpanType.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** The system's instructions come first, as in a prompt. */
    private Optional<String> messages() {
        Optional<String> messages = take(List.of(MESSAGES));
        Optional<String> system = text(SYSTEM);
        if (messages.filter(RawJson::isArray).isEmpty() || system.filter(RawJson::isArray).isEmpty()) {
            return messages;
        }
        left.remove(SYSTEM);
        String rest = messages.get().substring(1).stripLeading();
        return Optional.of("[{\"role\":\"system\",\"parts\":" + system.get() + "}"
                + (rest.startsWith("]") ? "" : ",") + rest);
    }

    private Optional<String> ofDetails(String name) {
        return events.stream().filter(event -> event.name().equals(DETAILS))
                .flatMap(event -> Optional.ofNullable(event.attributes().get(name)).stream()).findFirst()
                .map(AgentAttributes::plain);
    }

    private Map<String, Long> usage() {
        Optional<String> details = text("langfuse.observation.usage_details");
        if (details.isPresent()) {
            Map<String, Long> usage = new TreeMap<>();
            fields(details.get()).forEach((kind, count) -> whole(count).ifPresent(tokens -> usage.put(kind, tokens)));
            left.remove("langfuse.observation.usage_details");
            return usage;
        }
        long cached = tokens("gen_ai.usage.cache_read.input_tokens", "llm.token_count.prompt_details.cache_read");
        long written = tokens("gen_ai.usage.cache_creation.input_tokens",
                "llm.token_count.prompt_details.cache_write");
        long reasoning = tokens("gen_ai.usage.reasoning.output_tokens",
                "llm.token_count.completion_details.reasoning");
        long input = tokens("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt");
        long output = tokens("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens",
                "llm.token_count.completion");
        return ProviderUsage.disjoint(input - cached - written, cached, written, output - reasoning, reasoning);
    }

    private Map<String, Double> cost() {
        Optional<String> details = text("langfuse.observation.cost_details");
        Map<String, Double> cost = new TreeMap<>();
        if (details.isPresent()) {
            fields(details.get()).forEach((kind, amount) -> ProviderUsage.dollars(amount)
                    .ifPresent(dollars -> cost.put(kind, dollars)));
            left.remove("langfuse.observation.cost_details");
            return cost;
        }
        OptionalDouble total = ProviderUsage.dollars(take(List.of("gen_ai.usage.cost", "llm.cost.total")).orElse(""));
        total.ifPresent(dollars -> cost.put(ProviderUsage.TOTAL, dollars));
        return cost;
    }

    private List<String> tags() {
        Optional<String> json = text("langfuse.trace.tags").or(() -> text("tag.tags"));
        List<String> tags = new ArrayList<>();
        try {
            for (String tag : json.filter(RawJson::isArray).isPresent() ? RawJson.elements(json.get()) : List.of("")) {
                Optional.of(plain(tag)).filter(text -> !text.isBlank()).ifPresent(tags::add);
            }
        } catch (InvalidTurnException e) {
            return List.of();
        }
        if (!tags.isEmpty()) {
            left.remove(left.containsKey("langfuse.trace.tags") ? "langfuse.trace.tags" : "tag.tags");
        }
        return tags;
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        List.copyOf(left.keySet()).stream()
                .filter(name -> name.startsWith(METADATA) && name.length() > METADATA.length())
                .forEach(name -> metadata.put(name.substring(METADATA.length()), taken(name)));
        return metadata;
    }

    private Outcome outcome(Outcome said) {
        Optional<Level> level = text("langfuse.observation.level").flatMap(AgentAttributes::level);
        Optional<String> message = text("langfuse.observation.status_message");
        level.ifPresent(_ -> left.remove("langfuse.observation.level"));
        message.ifPresent(_ -> left.remove("langfuse.observation.status_message"));
        return new Outcome(level.orElse(said.level()), message.or(said::message));
    }

    private static Optional<Level> level(String name) {
        try {
            return Optional.of(Level.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private long tokens(String... names) {
        for (String name : names) {
            Optional<Long> count = text(name).flatMap(AgentAttributes::whole);
            if (count.isPresent()) {
                left.remove(name);
                return count.get();
            }
        }
        return 0;
    }

    /** The first that is there; it is no attribute any more. */
    private Optional<String> take(List<String> names) {
        Optional<String> name = names.stream().filter(one -> text(one).isPresent()).findFirst();
        return name.map(one -> taken(one));
    }

    private String taken(String name) {
        String value = text(name).orElse("");
        left.remove(name);
        return value;
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(left.get(name)).map(AgentAttributes::plain).filter(text -> !text.isEmpty());
    }

    /** A string without its quotes, anything else as it is. */
    private static String plain(String json) {
        try {
            return RawJson.isString(json) ? RawJson.string(json) : json;
        } catch (InvalidTurnException e) {
            return json;
        }
    }

    private static Optional<Long> whole(String text) {
        try {
            return Optional.of(Long.parseLong(text)).filter(count -> count >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> fields(String json) {
        try {
            return RawJson.isObject(json) ? RawJson.fields(json) : Map.of();
        } catch (InvalidTurnException e) {
            return Map.of();
        }
    }
}
