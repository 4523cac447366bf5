package io.mnemosyne.service;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.FactsBuilder;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Outcome.Level;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.ProviderUsage;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanMoment;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.core.trace.TraceId;

/**
 * Reads one posted span: {@code id}, {@code name}, {@code type}, where it belongs ({@code trace} and {@code parent}, or
 * {@code thread} and {@code seq}), {@code start} and {@code end}, and what is known of it. With only one of the two times it
 * says that a step began or ended; the other half comes under the same id.
 */
final class SpanJson {
    private static final String REFUSAL = "the span was not taken";
    private static final String HEX_16 = "must be 16 lower-case hex digits that are not all 0";
    private static final String HEX_32 = "must be 32 lower-case hex digits that are not all 0";
    private static final int LONGEST_NAME = 200;

    private final Fields fields;
    private final Optional<TraceContext> cause;

    private SpanJson(JsonNode json, Optional<TraceContext> cause) {
        this.fields = new Fields(json);
        this.cause = cause;
    }

    /**
     * Reads one span.
     *
     * @param cause where a span belongs that does not say it
     * @throws Problem naming each field that is wrong
     */
    static SpanEvent read(String json, Optional<TraceContext> cause) {
        return new SpanJson(Body.object(json, "{\"id\": \"...\", \"trace\": \"...\", \"name\": \"...\", \"start\": "
                + "\"2026-01-06T09:15:59.901Z\", \"end\": \"...\"}"), cause).event();
    }

    private SpanEvent event() {
        Optional<SpanId> id = id("id", SpanId::new, HEX_16);
        Optional<Place> place = place();
        SpanType type = fields.name("type", SpanType.class).orElse(SpanType.SPAN);
        Optional<String> name = fields.text("name");
        Optional<Instant> start = time("start");
        Optional<Instant> end = time("end");
        Outcome outcome = new Outcome(fields.name("level", Level.class).orElse(Level.DEFAULT), fields.text("message"));
        SpanFacts facts = facts();
        require(id.isPresent(), "id", HEX_16);
        require(start.isPresent() || end.isPresent(), "start", "must be given, or 'end', or both");
        require(start.isEmpty() || end.isEmpty() || !end.get().isBefore(start.get()), "end", "is before 'start'");
        require(start.isEmpty() || name.filter(text -> !text.isBlank() && text.length() <= LONGEST_NAME).isPresent(),
                "name", "must be 1 to " + LONGEST_NAME + " characters");
        fields.throwIfWrong(REFUSAL);
        if (start.isPresent() && end.isPresent()) {
            return new SpanEvent.Finished(place.orElseThrow(), new Span(id.orElseThrow(), type, name.orElseThrow(),
                    start.get(), end.get(), outcome, facts));
        }
        return start.<SpanEvent>map(at -> new SpanEvent.Started(place.orElseThrow(), id.orElseThrow(), type,
                name.orElseThrow(), at, facts))
                .orElseGet(() -> new SpanEvent.Ended(place.orElseThrow(), id.orElseThrow(), end.orElseThrow(), outcome,
                        facts));
    }

    private Optional<Place> place() {
        Optional<TraceId> trace = id("trace", TraceId::new, HEX_32);
        Optional<SpanId> parent = id("parent", SpanId::new, HEX_16);
        Optional<String> thread = fields.text("thread");
        OptionalLong seq = fields.number("seq", 0, Long.MAX_VALUE);
        OptionalLong incarnation = fields.number("incarnation", 0, Long.MAX_VALUE);
        require(thread.filter(name -> !ThreadKey.isName(name)).isEmpty(), "thread",
                "must be 1 to 128 characters out of A-Z a-z 0-9 . _ : @ -");
        require(thread.isPresent() == seq.isPresent(), "seq", "and 'thread' are given together");
        require(thread.isEmpty() || trace.isEmpty(), "trace", "is not given together with 'thread'");
        if (thread.isPresent() && seq.isPresent()) {
            return Optional.of(new Place.AtTurn(thread.get(), incarnation.orElse(0), seq.getAsLong(), parent));
        }
        if (trace.isPresent()) {
            return Optional.of(new Place.InTrace(trace.get(), parent));
        }
        require(cause.isPresent(), "trace",
                "must be given, or 'thread' and 'seq', or the header " + TraceContext.HEADER);
        return cause.map(step -> new Place.InTrace(step.trace(), parent.or(() -> Optional.of(step.span()))));
    }

    private SpanFacts facts() {
        FactsBuilder facts = new FactsBuilder().input(fields.value("input").map(SpanJson::plain))
                .output(fields.value("output").map(SpanJson::plain)).model(fields.text("model")).usage(usage())
                .cost(cost()).session(fields.text("session")).user(fields.text("user")).tags(fields.texts("tags"));
        object("metadata").forEach((name, value) -> facts.metadata(name, plain(value)));
        object("attributes").forEach((name, value) -> facts.attribute(name, value.toString()));
        moments().forEach(facts::event);
        return facts.build();
    }

    private Map<String, Long> usage() {
        Map<String, Long> usage = new TreeMap<>();
        object("usage").forEach((kind, tokens) -> {
            boolean whole = tokens.isIntegralNumber() && tokens.canConvertToLong() && tokens.longValue() >= 0;
            require(whole, "usage", "must have whole numbers of tokens by kind, such as input and output");
            usage.put(kind, tokens.asLong());
        });
        return usage;
    }

    private Map<String, Double> cost() {
        if (fields.value("cost").filter(JsonNode::isNumber).isPresent()) {
            return Map.of(ProviderUsage.TOTAL, dollars(fields.value("cost").orElseThrow()));
        }
        Map<String, Double> cost = new TreeMap<>();
        object("cost").forEach((kind, amount) -> cost.put(kind, dollars(amount)));
        return cost;
    }

    private double dollars(JsonNode amount) {
        require(amount.isNumber() && amount.asDouble() >= 0 && Double.isFinite(amount.asDouble()), "cost",
                "must be US dollars, or those by kind");
        return amount.asDouble();
    }

    private List<SpanMoment> moments() {
        List<SpanMoment> moments = new ArrayList<>();
        Optional<JsonNode> list = fields.value("events");
        require(list.isEmpty() || list.get().isArray(), "events", "must be a list of {name, time, attributes}");
        list.ifPresent(all -> all.forEach(event -> {
            Fields of = new Fields(event);
            Optional<Instant> at = of.moment("time", ZoneOffset.UTC, 0);
            Optional<String> name = of.text("name");
            require(at.isPresent() && name.isPresent(), "events",
                    "must each have a name and a time with its offset");
            Map<String, String> attributes = new TreeMap<>();
            event.path("attributes").properties()
                    .forEach(field -> attributes.put(field.getKey(), field.getValue().toString()));
            if (at.isPresent() && name.isPresent()) {
                moments.add(new SpanMoment(name.get(), at.get(), attributes));
            }
        }));
        return moments;
    }

    private Map<String, JsonNode> object(String name) {
        Map<String, JsonNode> values = new TreeMap<>();
        Optional<JsonNode> given = fields.value(name);
        require(given.isEmpty() || given.get().isObject(), name, "must be an object");
        given.ifPresent(object -> object.properties()
                .forEach(field -> values.put(field.getKey(), field.getValue())));
        return values;
    }

    private Optional<Instant> time(String name) {
        return fields.moment(name, ZoneOffset.UTC, 0).map(at -> at.truncatedTo(ChronoUnit.MICROS));
    }

    private <I> Optional<I> id(String name, Function<String, I> id, String form) {
        Optional<String> text = fields.text(name);
        try {
            return text.map(id);
        } catch (IllegalArgumentException e) {
            fields.wrong(name, form);
            return Optional.empty();
        }
    }

    /** A text as it is, anything else as JSON. */
    private static String plain(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private void require(boolean met, String field, String reason) {
        if (!met) {
            fields.wrong(field, reason);
        }
    }
}
