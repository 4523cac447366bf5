package io.mnemosyne.service;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.service.Problem.InvalidField;

/**
 * Reads the fields of a body and gathers what is wrong with them, so that all of it is told at once. What was read is of use
 * only if nothing is wrong. A field that nobody asked for is wrong, too: a misspelt filter would find too much.
 *
 * <p>Not thread-safe.
 */
final class Fields {
    private final JsonNode body;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<InvalidField> wrong = new ArrayList<>();

    /** @param body a JSON object */
    Fields(JsonNode body) {
        this.body = body;
    }

    /** The value of a field; empty if it is not there or null. */
    Optional<JsonNode> value(String name) {
        known.add(name);
        return Optional.of(body.path(name)).filter(value -> !value.isMissingNode() && !value.isNull());
    }

    Optional<String> text(String name) {
        Optional<JsonNode> given = value(name);
        if (given.isPresent() && !given.get().isTextual()) {
            wrong(name, "must be a text");
            return Optional.empty();
        }
        return given.map(JsonNode::textValue);
    }

    /** A list of texts; a single one counts as a list. */
    List<String> texts(String name) {
        Optional<JsonNode> given = value(name);
        if (given.isEmpty() || given.get().isTextual()) {
            return given.map(JsonNode::textValue).stream().toList();
        }
        List<String> texts = new ArrayList<>();
        given.get().forEach(item -> Optional.ofNullable(item.textValue()).ifPresent(texts::add));
        if (!given.get().isArray() || texts.size() < given.get().size()) {
            wrong(name, "must be a list of texts");
        }
        return texts;
    }

    boolean flag(String name) {
        Optional<JsonNode> given = value(name);
        if (given.isPresent() && !given.get().isBoolean()) {
            wrong(name, "must be true or false");
        }
        return given.filter(JsonNode::booleanValue).isPresent();
    }

    OptionalLong number(String name, long min, long max) {
        Optional<JsonNode> given = value(name);
        if (given.isEmpty()) {
            return OptionalLong.empty();
        }
        if (given.get().isIntegralNumber() && given.get().canConvertToLong() && given.get().longValue() >= min
                && given.get().longValue() <= max) {
            return OptionalLong.of(given.get().longValue());
        }
        wrong(name, "must be a whole number from " + min + " to " + max);
        return OptionalLong.empty();
    }

    <E extends Enum<E>> Optional<E> name(String name, Class<E> type) {
        return text(name).flatMap(text -> constant(name, text, type));
    }

    <E extends Enum<E>> Set<E> names(String name, Class<E> type) {
        return texts(name).stream().flatMap(text -> constant(name, text, type).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean isOneOf(String name, String value, String... allowed) {
        boolean fits = List.of(allowed).contains(value);
        if (!fits) {
            wrong(name, "must be one of " + String.join(", ", allowed));
        }
        return fits;
    }

    /**
     * A time with an offset, or a day.
     *
     * @param days after the beginning of a day that is given without a time
     */
    Optional<Instant> moment(String name, ZoneId zone, int days) {
        Optional<String> given = text(name);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(given.get().length() > "2026-03-01".length()
                    ? OffsetDateTime.parse(given.get()).toInstant()
                    : LocalDate.parse(given.get()).plusDays(days).atStartOfDay(zone).toInstant());
        } catch (DateTimeException e) {
            wrong(name, "must be a time with its offset, such as 2026-03-01T09:30:00Z, or a day, such as 2026-03-01");
            return Optional.empty();
        }
    }

    void wrong(String name, String reason) {
        wrong.add(new InvalidField(name, reason));
    }

    /** @param refusal says in front of the fields what came of it */
    void throwIfWrong(String refusal) {
        Set<String> unknown = new HashSet<>();
        body.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        unknown.stream().sorted().forEach(name -> wrong(name, "is no field; there are " + String.join(", ", known)));
        if (!wrong.isEmpty()) {
            throw Problem.invalidFields(refusal, wrong);
        }
    }

    private <E extends Enum<E>> Optional<E> constant(String name, String text, Class<E> type) {
        Optional<E> constant = Arrays.stream(type.getEnumConstants()).filter(one -> lower(one).equals(text))
                .findFirst();
        if (constant.isEmpty()) {
            wrong(name, "must be one of " + Arrays.stream(type.getEnumConstants()).map(Fields::lower)
                    .collect(Collectors.joining(", ")));
        }
        return constant;
    }

    /** A constant as it is written in JSON. */
    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
