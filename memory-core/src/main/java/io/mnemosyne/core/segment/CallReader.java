package io.mnemosyne.core.segment;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Sha256;

/** Reads from a call's name and arguments what its result will show. */
final class CallReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_SUMMARY = 100;
    private static final int MAX_PATH = 300;
    private static final int MAX_STRETCH = 200;
    private static final Set<String> PATH_FIELDS = Set.of("path", "file_path", "filepath", "filename", "file",
            "file_name", "notebook_path");
    private static final Set<String> STRETCH_FIELDS = Set.of("offset", "limit", "view_range", "start", "end",
            "startline",
            "endline", "start_line", "end_line", "line_number");
    private static final Set<String> COMMAND_FIELDS = Set.of("command", "cmd", "script");
    private static final Set<String> READERS = Set.of("read", "view", "open", "cat", "readfile", "fileread", "viewfile",
            "openfile", "readrange", "getfilecontents", "notebookread");
    private static final Set<String> LISTERS = Set.of("ls", "list", "listdir", "listdirectory", "listfiles", "glob",
            "findfile", "gitstatus");
    private static final Set<String> PLANNERS = Set.of("todowrite", "todo", "updateplan", "exitplanmode", "plan");

    private CallReader() {
    }

    static CallFacts read(Part.ToolCall call) {
        Arguments arguments = Arguments.of(call.content().shown());
        String tool = call.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (arguments.path.isPresent() || arguments.command.isEmpty()) {
            ToolAction action = actionOf(tool, arguments);
            String what = arguments.path.orElse(arguments.command);
            return new CallFacts(call.id(), call.name(), action,
                    arguments.path.filter(path -> path.length() <= MAX_PATH),
                    stretch(arguments.stretch.toString().strip()), summary(call.name() + " " + what));
        }
        ShellCommand shell = ShellCommand.of(arguments.command);
        return new CallFacts(call.id(), call.name(), shell.action(),
                shell.path().filter(path -> path.length() <= MAX_PATH),
                stretch(shell.stretch()), summary(call.name() + " " + arguments.command));
    }

    private static ToolAction actionOf(String tool, Arguments arguments) {
        if (READERS.contains(tool) || arguments.command.equals("view")) {
            return ToolAction.READ;
        }
        if (LISTERS.contains(tool)) {
            return ToolAction.LIST;
        }
        return PLANNERS.contains(tool) ? ToolAction.PLAN : ToolAction.OTHER;
    }

    /** A longer one as its hash, which tells stretches apart as well. */
    private static String stretch(String text) {
        return text.length() <= MAX_STRETCH ? text : Sha256.hex(text);
    }

    private static String summary(String text) {
        return Lines.oneLine(text, MAX_SUMMARY);
    }

    /** The few top-level fields that matter; anything that is no JSON object has none. */
    private static final class Arguments {
        private Optional<String> path = Optional.empty();
        private String command = "";
        private final StringBuilder stretch = new StringBuilder();

        static Arguments of(String json) {
            Arguments arguments = new Arguments();
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

        private void take(String field, JsonParser parser) throws IOException {
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && PATH_FIELDS.contains(field)) {
                path = Optional.of(parser.getText());
            } else if (value == JsonToken.VALUE_STRING && COMMAND_FIELDS.contains(field)) {
                command = parser.getText();
            } else if (STRETCH_FIELDS.contains(field)) {
                stretch.append(' ').append(field).append('=').append(flat(value, parser));
            } else {
                parser.skipChildren();
            }
        }

        private static String flat(JsonToken value, JsonParser parser) throws IOException {
            if (value != JsonToken.START_ARRAY) {
                parser.skipChildren();
                return value.isScalarValue() ? parser.getText() : "";
            }
            StringBuilder flat = new StringBuilder();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                flat.append(flat.isEmpty() ? "" : "-").append(parser.getText());
                parser.skipChildren();
            }
            return flat.toString();
        }
    }
}
