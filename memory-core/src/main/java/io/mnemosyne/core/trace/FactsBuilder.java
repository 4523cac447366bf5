package io.mnemosyne.core.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts {@link SpanFacts} together, field by field. */
public final class FactsBuilder {
    private Optional<String> input = Optional.empty();
    private Optional<String> output = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Map<String, Long> usage = Map.of();
    private Map<String, Double> cost = Map.of();
    private Optional<String> session = Optional.empty();
    private Optional<String> user = Optional.empty();
    private List<String> tags = List.of();
    private final Map<String, String> metadata = new TreeMap<>();
    private final Map<String, String> attributes = new TreeMap<>();
    private final List<SpanMoment> events = new ArrayList<>();

    public FactsBuilder input(Optional<String> text) {
        input = text;
        return this;
    }

    public FactsBuilder output(Optional<String> text) {
        output = text;
        return this;
    }

    public FactsBuilder model(Optional<String> name) {
        model = name;
        return this;
    }

    public FactsBuilder usage(Map<String, Long> tokens) {
        usage = tokens;
        return this;
    }

    /** @param dollars by kind of usage, or {@code total} */
    public FactsBuilder cost(Map<String, Double> dollars) {
        cost = dollars;
        return this;
    }

    public FactsBuilder session(Optional<String> name) {
        session = name;
        return this;
    }

    public FactsBuilder user(Optional<String> name) {
        user = name;
        return this;
    }

    public FactsBuilder tags(List<String> words) {
        tags = words;
        return this;
    }

    public FactsBuilder metadata(String name, String value) {
        metadata.put(name, value);
        return this;
    }

    public FactsBuilder metadata(String name, long value) {
        return metadata(name, Long.toString(value));
    }

    public FactsBuilder metadata(Map<String, String> values) {
        metadata.putAll(values);
        return this;
    }

    /** @param json the value as JSON text */
    public FactsBuilder attribute(String name, String json) {
        attributes.put(name, json);
        return this;
    }

    public FactsBuilder event(SpanMoment moment) {
        events.add(moment);
        return this;
    }

    public SpanFacts build() {
        return new SpanFacts(input, output, model, usage, cost, session, user, tags, metadata, attributes, events);
    }
}
