package io.mnemosyne.core.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.RawJson;

/**
 * What a provider counted for one call, in the kinds that {@link SpanFacts} names. Providers count differently: some have
 * the cached tokens within those of the prompt and the reasoning within those of the answer, some beside them.
 *
 * @param tokens by kind, disjoint; none for a kind without tokens
 * @param dollars by kind, or {@code total}; empty if it is not told
 */
public record ProviderUsage(Map<String, Long> tokens, Map<String, Double> dollars) {
    public static final ProviderUsage NONE = new ProviderUsage(Map.of(), Map.of());
    public static final String INPUT = "input";
    public static final String CACHED = "input_cached_tokens";
    public static final String CACHE_CREATION = "input_cache_creation";
    public static final String OUTPUT = "output";
    public static final String REASONING = "output_reasoning_tokens";
    public static final String TOTAL = "total";
    /** A call that costs as much is a mistake, and a backend would clamp it. */
    private static final double MAX_DOLLARS = 1e6;
    private static final Map<String, String> KINDS_OF_COST = Map.of("input", INPUT, "output", OUTPUT, "cacheRead",
            CACHED, "cacheWrite", CACHE_CREATION, TOTAL, TOTAL);

    public ProviderUsage {
        tokens = Map.copyOf(tokens);
        dollars = Map.copyOf(dollars);
    }

    /**
     * Reads the field {@code usage} of an answer of Anthropic, OpenAI (chat or responses), Gemini or of the pi agent.
     *
     * @param json the field's value; anything that is none of these says nothing
     */
    public static ProviderUsage of(String json) {
        Map<String, String> fields = fieldsOf(json);
        long cached = first(fields, "cache_read_input_tokens", "cacheRead", "cachedContentTokenCount");
        long written = first(fields, "cache_creation_input_tokens", "cacheWrite");
        long within = detail(fields, "cached_tokens", "prompt_tokens_details", "input_tokens_details")
                + first(fields, "cachedContentTokenCount");
        long reasoning = detail(fields, "reasoning_tokens", "completion_tokens_details", "output_tokens_details");
        long input = first(fields, "input_tokens", "prompt_tokens", "input", "promptTokenCount");
        long output = first(fields, "output_tokens", "completion_tokens", "output", "candidatesTokenCount");
        return new ProviderUsage(
                disjoint(input - within, Math.max(cached, within), written, output - reasoning,
                        reasoning + first(fields, "thoughtsTokenCount")),
                dollars(fields));
    }

    /** Tokens by kind, without those kinds that have none. */
    public static Map<String, Long> disjoint(long input, long cached, long written, long output, long reasoning) {
        Map<String, Long> tokens = new TreeMap<>();
        tokens.put(INPUT, input);
        tokens.put(CACHED, cached);
        tokens.put(CACHE_CREATION, written);
        tokens.put(OUTPUT, output);
        tokens.put(REASONING, reasoning);
        tokens.values().removeIf(count -> count <= 0);
        return tokens;
    }

    private static Map<String, Double> dollars(Map<String, String> usage) {
        Map<String, Double> cost = new HashMap<>();
        fieldsOf(usage.getOrDefault("cost", "{}")).forEach((name, value) -> {
            String kind = KINDS_OF_COST.get(name);
            dollars(value).ifPresent(amount -> {
                if (kind != null) {
                    cost.put(kind, amount);
                }
            });
        });
        if (cost.size() > 1) {
            cost.remove(TOTAL);
        } else if (cost.isEmpty()) {
            dollars(usage.getOrDefault("cost", "")).ifPresent(amount -> cost.put(TOTAL, amount));
        }
        return cost;
    }

    /** An amount of US dollars; empty if it is none, or 0. */
    public static OptionalDouble dollars(String text) {
        try {
            double amount = Double.parseDouble(text);
            return amount > 0 && amount < MAX_DOLLARS ? OptionalDouble.of(amount) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static long detail(Map<String, String> fields, String name, String... groups) {
        return List.of(groups).stream().mapToLong(group -> first(fieldsOf(fields.getOrDefault(group, "{}")), name))
                .max().orElse(0);
    }

    private static long first(Map<String, String> fields, String... names) {
        for (String name : names) {
            OptionalLong count = count(fields.getOrDefault(name, ""));
            if (count.isPresent()) {
                return count.getAsLong();
            }
        }
        return 0;
    }

    private static OptionalLong count(String text) {
        try {
            long count = Long.parseLong(text);
            return count >= 0 ? OptionalLong.of(count) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static Map<String, String> fieldsOf(String json) {
        try {
            return RawJson.isObject(json) ? RawJson.fields(json) : Map.of();
        } catch (InvalidTurnException e) {
            return Map.of();
        }
    }
}
