package io.mnemosyne.core.segment;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** The few top-level arguments of a call that matter; anything that is no JSON object has none. */
final class CallArguments {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> PATH_FIELDS = Set.of("path", "file_path", "filepath", "filename", "file",
            "file_name", "notebook_path", "test_file_path");
    private static final Set<String> COMMAND_FIELDS = Set.of("command", "cmd", "script");
    private static final Set<String> PATCH_FIELDS = Set.of("patch", "input");
    private static final List<String> FIRST_FIELDS = List.of("start_line", "startline", "start", "offset");
    private static final List<String> LAST_FIELDS = List.of("end_line", "endline", "end");
    private static final Set<String> WAYS = Set.of("limit", "view_range");
    /** They choose a stretch whose lines only the result tells. */
    private static final Set<String> UNNUMBERED = Set.of("line_number", "method_name", "code_snippet");
    private static final int MAX_DIGITS = 9;
    private static final List<String> PATCHED = List.of("*** Update File: ", "*** Add File: ", "+++ b/");

    private Optional<String> path = Optional.empty();
    private String command = "";
    private final Map<String, String> stretch = new LinkedHashMap<>();

    private CallArguments() {
    }

    static CallArguments of(String json) {
        CallArguments arguments = new CallArguments();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    arguments.take(parser.currentName(), parser);
                }
            }
        } catch (IOException e) {
            // what could be read before the fault is as good as it gets; the call itself is kept as it is
            return arguments;
        }
        return arguments;
    }

    Optional<String> path() {
        return path;
    }

    /** A shell's command line, or the verb of a tool that has several. */
    String command() {
        return command;
    }

    /** Which lines of the file are asked for. */
    Stretch stretch() {
        if (stretch.isEmpty()) {
            return Stretch.ALL;
        }
        return lines().orElseGet(() -> Stretch.named(String.join(" ",
                stretch.entrySet().stream().map(field -> field.getKey() + "=" + field.getValue()).toList())));
    }

    private Optional<Stretch> lines() {
        if (stretch.keySet().stream().anyMatch(UNNUMBERED::contains)) {
            return Optional.empty();
        }
        String range = stretch.getOrDefault("view_range", "");
        int between = range.indexOf(',');
        if (between > 0) {
            return lines(range.substring(0, between), range.substring(between + 1));
        }
        String first = any(FIRST_FIELDS).orElse("1");
        return any(LAST_FIELDS).map(last -> lines(first, last))
                .orElseGet(() -> limited(first, stretch.getOrDefault("limit", "-1")));
    }

    private Optional<String> any(List<String> fields) {
        return fields.stream().filter(stretch::containsKey).map(stretch::get).findFirst();
    }

    private static Optional<Stretch> lines(String first, String last) {
        OptionalLong from = number(first);
        OptionalLong to = number(last);
        return from.isPresent() && to.isPresent()
                ? Optional.of(Stretch.lines(Math.max(1, from.getAsLong()), open(to.getAsLong())))
                : Optional.empty();
    }

    private static Optional<Stretch> limited(String first, String limit) {
        OptionalLong from = number(first);
        OptionalLong lines = number(limit);
        if (from.isEmpty() || lines.isEmpty()) {
            return Optional.empty();
        }
        long start = Math.max(1, from.getAsLong());
        return Optional
                .of(Stretch.lines(start, lines.getAsLong() < 0 ? Long.MAX_VALUE : start + lines.getAsLong() - 1));
    }

    /** Tools say -1 for the end of a file. */
    private static long open(long last) {
        return last < 0 ? Long.MAX_VALUE : last;
    }

    private static OptionalLong number(String text) {
        try {
            return text.length() <= MAX_DIGITS ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // a stretch without known lines
        }
    }

    private void take(String field, JsonParser parser) throws IOException {
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && PATH_FIELDS.contains(field)) {
            path = Optional.of(parser.getText());
        } else if (value == JsonToken.VALUE_STRING && COMMAND_FIELDS.contains(field)) {
            command = parser.getText();
        } else if (value == JsonToken.VALUE_STRING && PATCH_FIELDS.contains(field) && path.isEmpty()) {
            path = patched(parser.getText());
        } else if (isStretch(field)) {
            stretch.put(field, flat(value, parser));
        } else {
            parser.skipChildren();
        }
    }

    private static boolean isStretch(String field) {
        return FIRST_FIELDS.contains(field) || LAST_FIELDS.contains(field) || WAYS.contains(field)
                || UNNUMBERED.contains(field);
    }

    /** The first file that a patch names. */
    private static Optional<String> patched(String patch) {
        for (String mark : PATCHED) {
            int at = patch.indexOf(mark);
            if (at >= 0) {
                int end = patch.indexOf('\n', at);
                return Optional.of(patch.substring(at + mark.length(), end < 0 ? patch.length() : end).strip());
            }
        }
        return Optional.empty();
    }

    private static String flat(JsonToken value, JsonParser parser) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return value.isScalarValue() ? parser.getText() : "";
        }
        StringBuilder flat = new StringBuilder();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            flat.append(flat.isEmpty() ? "" : ",").append(parser.getText());
            parser.skipChildren();
        }
        return flat.toString();
    }
}
