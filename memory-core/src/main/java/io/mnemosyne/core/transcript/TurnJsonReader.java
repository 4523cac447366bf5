package io.mnemosyne.core.transcript;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.trace.TraceContext;

/**
 * Reads a turn from one JSON object:
 *
 * <pre>{@code
 * {"id": "...", "role": "system|user|assistant|tool", "content": "text" or [parts],
 *  "thinking": "...", "tool_calls": [{"id", "name", "arguments"}],
 *  "tool_call_id": "...", "tool_name": "...", "is_error": true,
 *  "ts": "2026-01-06T09:15:59.901Z", "i": 0, "msg_id": "...", "model": "...",
 *  "parent_thread": "...", "parent_turn": 7, "parent_call": "...", "traceparent": "00-..."}
 * }</pre>
 *
 * <p>Parts are {@code {"type": "text", "text"}}, {@code {"type": "thinking", "thinking"}},
 * {@code {"type": "tool_call", "id", "name", "arguments"}},
 * {@code {"type": "tool_result", "tool_call_id", "tool_name", "content", "is_error"}} and
 * {@code {"type": "image", "media_type", "data"}}. The texts in the list of a tool's turn are the result of the call that
 * {@code tool_call_id} names, joined by line breaks; without one they are a result too, unless the list brings its own.
 *
 * <p>Only {@code role} is required. Fields with other names are carried along unchanged, a {@code seq} too: it numbers the
 * turn where it comes from, and does not set its place in the thread.
 *
 * <p>{@code ts} is a string with an ISO 8601 date or time. One without an offset is valid, but which instant it names is
 * unknown: the turn counts as one without a time, and {@code ts} is carried along unchanged. Everything else is an error,
 * numbers as well, since they do not say their unit; {@code null} is the same as no {@code ts}.
 */
public final class TurnJsonReader {
    private static final String EXAMPLE_TIME = "2026-01-06T09:15:59.901Z";
    private static final int LONGEST_TIME = 40;

    private final Map<String, String> fields;

    private TurnJsonReader(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * Reads one turn.
     *
     * @param fallbackId the event id of a turn that brings none
     * @throws InvalidTurnException naming the field and what is wrong with it
     */
    public static RawTurn read(String json, String fallbackId) throws InvalidTurnException {
        TurnJsonReader reader = new TurnJsonReader(new LinkedHashMap<>(RawJson.fields(json)));
        return reader.turn(fallbackId);
    }

    private RawTurn turn(String fallbackId) throws InvalidTurnException {
        String id = takeString("id").orElse(fallbackId);
        Role role = role();
        List<Part> parts = role == Role.TOOL ? toolParts() : messageParts();
        return new RawTurn(id, role, parts, origin());
    }

    private Role role() throws InvalidTurnException {
        String name = takeString("role").orElseThrow(() -> new InvalidTurnException(
                "'role' is missing; it must be system, user, assistant or tool"));
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            default -> throw new InvalidTurnException(
                    "'role' is '" + name + "'; it must be system, user, assistant or tool");
        };
    }

    private List<Part> messageParts() throws InvalidTurnException {
        List<Part> parts = new ArrayList<>();
        Optional<String> thinking = takeString("thinking").filter(text -> !text.isEmpty());
        thinking.ifPresent(text -> parts.add(new Part.Thinking(Content.of(text))));
        String content = fields.getOrDefault("content", "null");
        if (RawJson.isArray(content)) {
            fields.remove("content");
            parts.addAll(PartJson.readAll(content));
        } else {
            takeString("content").filter(text -> !text.isEmpty())
                    .ifPresent(text -> parts.add(new Part.Text(Content.of(text))));
        }
        String calls = take("tool_calls").orElse("[]");
        for (String call : RawJson.elements(calls)) {
            parts.add(PartJson.call(RawJson.fields(call)));
        }
        return parts;
    }

    private List<Part> toolParts() throws InvalidTurnException {
        if (!RawJson.isArray(fields.getOrDefault("content", "null"))) {
            return List.of(result(takeString("content").orElse("")));
        }
        List<Part> parts = PartJson.readAll(take("content").orElse("[]"));
        List<Part> others = parts.stream().filter(part -> !(part instanceof Part.Text)).toList();
        boolean answered = others.stream().anyMatch(Part.ToolResult.class::isInstance);
        boolean complete = others.size() == parts.size() || !fields.containsKey("tool_call_id");
        if (answered && complete) {
            return parts;
        }
        List<Part> withResult = new ArrayList<>();
        withResult.add(result(parts.stream().filter(Part.Text.class::isInstance).map(part -> part.content().shown())
                .collect(Collectors.joining("\n"))));
        withResult.addAll(others);
        return withResult;
    }

    private Part.ToolResult result(String text) throws InvalidTurnException {
        return new Part.ToolResult(takeString("tool_call_id").orElse(""), takeString("tool_name").orElse(""),
                Content.of(text), takeTrue("is_error"));
    }

    private Origin origin() throws InvalidTurnException {
        OptionalLong index = takeLong("i");
        Optional<String> messageId = takeString("msg_id");
        Optional<String> model = takeString("model");
        Optional<String> parentThread = takeString("parent_thread");
        OptionalLong parentTurn = takeLong("parent_turn");
        Optional<String> parentCall = takeString("parent_call");
        Optional<TraceContext> traceContext = takeString(TraceContext.HEADER).flatMap(TraceContext::parse);
        Optional<Instant> at = time();
        return new Origin(at, index, messageId, model, parentThread, parentTurn, parentCall, traceContext, fields);
    }

    /** A time that would be written differently, or is less exact once stored, stays among the carried-along fields. */
    private Optional<Instant> time() throws InvalidTurnException {
        Optional<String> raw = take("ts");
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> at = instant(raw.get());
        boolean exact = at.map(it -> '"' + it.truncatedTo(ChronoUnit.MICROS).toString() + '"').equals(raw);
        if (!exact) {
            fields.put("ts", raw.get());
        }
        return at;
    }

    private static Optional<Instant> instant(String raw) throws InvalidTurnException {
        if (!RawJson.isString(raw)) {
            throw new InvalidTurnException("'ts' must be a string with a time, for example " + EXAMPLE_TIME
                    + "; a number does not say its unit");
        }
        try {
            return SourceTime.instant(RawJson.string(raw));
        } catch (DateTimeException e) {
            throw new InvalidTurnException("'ts' is " + (raw.length() > LONGEST_TIME ? "no time" : raw)
                    + "; it must be an ISO 8601 time, best with an offset, for example " + EXAMPLE_TIME, e);
        }
    }

    private Optional<String> take(String name) {
        return Optional.ofNullable(fields.remove(name)).filter(value -> !value.equals("null"));
    }

    private Optional<String> takeString(String name) throws InvalidTurnException {
        Optional<String> raw = take(name);
        return raw.isEmpty() ? Optional.empty() : Optional.of(PartJson.stringOf(name, raw.get()));
    }

    private boolean takeTrue(String name) throws InvalidTurnException {
        return PartJson.booleanOf(name, take(name).orElse("false"));
    }

    private OptionalLong takeLong(String name) throws InvalidTurnException {
        Optional<String> raw = take(name);
        if (raw.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(raw.get());
            if (value < 0) {
                throw new InvalidTurnException("'" + name + "' is " + value + "; it must be 0 or more");
            }
            return OptionalLong.of(value);
        } catch (NumberFormatException e) {
            throw new InvalidTurnException("'" + name + "' is " + raw.get() + "; it must be a whole number", e);
        }
    }
}
