package io.mnemosyne.inference.providers.offline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/**
 * The values inside a JSON text, such as a tool call's arguments, in their order. Reads as far as the text is valid,
 * because the arguments of a large call are clipped.
 *
 * @param fields the strings, numbers and booleans
 */
record Arguments(List<Field> fields) {
    static final Arguments NONE = new Arguments(List.of());
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> PATHS = Set.of("path", "file_path", "filePath", "filepath", "file", "filename",
            "file_name", "target_file", "absolute_path", "notebook_path", "test_file_path");
    private static final Set<String> COMMANDS = Set.of("command", "cmd", "script");

    Arguments {
        fields = List.copyOf(fields);
    }

    /**
     * One value.
     *
     * @param path the names that lead to it, joined by dots; array elements have the name of their array
     */
    record Field(String path, String value) {
        String name() {
            return path.substring(path.lastIndexOf('.') + 1);
        }
    }

    static Arguments parse(String json) {
        List<Field> fields = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            List<String> names = new ArrayList<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT, START_ARRAY -> names.add(parentName(parser));
                    case END_OBJECT, END_ARRAY -> names.removeLast();
                    case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                        fields.add(new Field(path(names, parser.currentName()), parser.getText()));
                    default -> {
                        // names are read with their values, and null says nothing
                    }
                }
            }
        } catch (IOException clippedOrNoJson) {
            if (fields.isEmpty() && !json.isBlank()) {
                return new Arguments(List.of(new Field("", json)));
            }
        }
        return new Arguments(fields);
    }

    /** The file that a call is about. */
    Optional<String> path() {
        return fields.stream().filter(field -> PATHS.contains(field.name()) && !field.value().isBlank()).findFirst()
                .map(field -> field.value().strip());
    }

    /** The shell command of a call. */
    Optional<String> command() {
        return fields.stream().filter(field -> COMMANDS.contains(field.name()) && !field.value().isBlank()).findFirst()
                .map(field -> field.value().strip());
    }

    Optional<String> named(Set<String> names) {
        return fields.stream().filter(field -> names.contains(field.name())).findFirst().map(Field::value);
    }

    /** All values on one line, long ones by their beginning: {@code name=value, name=value}. */
    String brief(int max) {
        StringBuilder brief = new StringBuilder();
        for (Field field : fields) {
            if (brief.length() > max) {
                break;
            }
            if (!brief.isEmpty()) {
                brief.append(", ");
            }
            brief.append(field.name()).append('=').append(Texts.head(Texts.oneLine(field.value()), 300));
        }
        return Texts.head(brief.toString(), max);
    }

    private static String parentName(JsonParser parser) {
        String name = parser.getParsingContext().getParent() == null
                ? null
                : parser.getParsingContext().getParent().getCurrentName();
        return name == null ? "" : name;
    }

    private static String path(List<String> names, @Nullable String last) {
        StringBuilder path = new StringBuilder();
        for (String name : names) {
            if (!name.isEmpty()) {
                path.append(name).append('.');
            }
        }
        if (last != null) {
            return path.append(last).toString();
        }
        return path.isEmpty() ? "" : path.substring(0, path.length() - 1);
    }
}
