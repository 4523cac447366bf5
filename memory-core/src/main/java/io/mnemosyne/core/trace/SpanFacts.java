package io.mnemosyne.core.trace;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.mnemosyne.core.Sha256;

/**
 * What is known of a step besides its times. What its start says and what its end says are put together; the end wins.
 *
 * @param input what went in, as text or JSON, redacted
 * @param output what came out, as text or JSON, redacted
 * @param model that answered; of generations and embeddings only
 * @param usage tokens by kind, disjoint: {@code input}, {@code input_cached_tokens}, {@code input_cache_creation},
 *            {@code output}, {@code output_reasoning_tokens}; of generations and embeddings only
 * @param cost US dollars by the same kinds, or {@code total}
 * @param session the conversation that people look for; of a sub-agent that of its root thread. Empty for the thread's
 * @param user whom the agent works for
 * @param tags of the trace
 * @param metadata what people filter by, each as text
 * @param attributes what an agent's own tracing says, by OpenTelemetry name, each as JSON text
 * @param events what happened within, in order
 */
public record SpanFacts(Optional<String> input, Optional<String> output, Optional<String> model,
        Map<String, Long> usage, Map<String, Double> cost, Optional<String> session, Optional<String> user,
        List<String> tags, Map<String, String> metadata, Map<String, String> attributes, List<SpanMoment> events) {
    public static final SpanFacts NONE = new SpanFacts(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(),
            Map.of(), Optional.empty(), Optional.empty(), List.of(), Map.of(), Map.of(), List.of());

    public SpanFacts {
        usage = sorted(usage);
        cost = sorted(cost);
        tags = List.copyOf(tags);
        metadata = sorted(metadata);
        attributes = sorted(attributes);
        events = List.copyOf(events);
    }

    /** The same with what an agent's own tracing says instead. */
    public SpanFacts withAttributes(Map<String, String> attributes) {
        return new SpanFacts(input, output, model, usage, cost, session, user, tags, metadata, attributes, events);
    }

    /** What a step's start and its end say, put together: what the end says wins, lists and maps become one. */
    public SpanFacts and(SpanFacts end) {
        return new SpanFacts(end.input.or(() -> input), end.output.or(() -> output), end.model.or(() -> model),
                union(usage, end.usage), union(cost, end.cost), end.session.or(() -> session), end.user.or(() -> user),
                Stream.concat(tags.stream(), end.tags.stream()).distinct().toList(), union(metadata, end.metadata),
                union(attributes, end.attributes), Stream.concat(events.stream(), end.events.stream()).toList());
    }

    /** Size of all texts, UTF-8 bytes. */
    public long bytes() {
        Stream<String> texts = Stream.of(input.stream(), output.stream(), model.stream(), session.stream(),
                user.stream(), tags.stream(), texts(metadata), texts(attributes),
                events.stream().flatMap(event -> Stream.concat(Stream.of(event.name()), texts(event.attributes()))))
                .flatMap(stream -> stream);
        return texts.mapToLong(Sha256::utf8Length).sum();
    }

    private static Stream<String> texts(Map<String, String> map) {
        return map.entrySet().stream().flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()));
    }

    private static <V> Map<String, V> union(Map<String, V> start, Map<String, V> end) {
        Map<String, V> both = new TreeMap<>(start);
        both.putAll(end);
        return both;
    }

    private static <V> Map<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
