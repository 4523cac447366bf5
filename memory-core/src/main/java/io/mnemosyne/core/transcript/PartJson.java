package io.mnemosyne.core.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;

/** Reads the parts of a turn that are written as a list. */
final class PartJson {
    private PartJson() {
    }

    static List<Part> readAll(String array) throws InvalidTurnException {
        List<Part> parts = new ArrayList<>();
        for (String element : RawJson.elements(array)) {
            parts.add(read(RawJson.fields(element)));
        }
        return parts;
    }

    private static Part read(Map<String, String> fields) throws InvalidTurnException {
        String type = required(fields, "type");
        return switch (type) {
            case "text" -> new Part.Text(Content.of(required(fields, "text")));
            case "thinking" -> new Part.Thinking(Content.of(required(fields, "thinking")));
            case "tool_call" -> call(fields);
            case "tool_result" -> new Part.ToolResult(optional(fields, "tool_call_id"), optional(fields, "tool_name"),
                    Content.of(optional(fields, "content")),
                    booleanOf("is_error", fields.getOrDefault("is_error", "false")));
            case "image" -> new Part.Image(required(fields, "media_type"), Content.of(required(fields, "data")));
            default -> throw new InvalidTurnException("a part's 'type' is '" + type
                    + "'; it must be text, thinking, tool_call, tool_result or image");
        };
    }

    static Part.ToolCall call(Map<String, String> fields) throws InvalidTurnException {
        return new Part.ToolCall(optional(fields, "id"), required(fields, "name"),
                Content.of(fields.getOrDefault("arguments", "{}")));
    }

    static String stringOf(String name, String raw) throws InvalidTurnException {
        if (!RawJson.isString(raw)) {
            throw new InvalidTurnException("'" + name + "' must be a string");
        }
        return RawJson.string(raw);
    }

    static boolean booleanOf(String name, String raw) throws InvalidTurnException {
        return switch (raw) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidTurnException("'" + name + "' must be true or false");
        };
    }

    private static String required(Map<String, String> fields, String name) throws InvalidTurnException {
        String raw = fields.get(name);
        if (raw == null || raw.equals("null")) {
            throw new InvalidTurnException("'" + name + "' is missing");
        }
        return stringOf(name, raw);
    }

    private static String optional(Map<String, String> fields, String name) throws InvalidTurnException {
        String raw = fields.getOrDefault(name, "null");
        return raw.equals("null") ? "" : stringOf(name, raw);
    }
}
