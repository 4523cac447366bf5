package io.mnemosyne.replay.recording;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a call reads, if all it does is read: two calls with equal keys ask for the same thing.
 *
 * @param key tool and path of a file reader, whatever the range of lines; tool and all arguments of another query; the
 *            normalised command of a shell command
 * @param whole the same with all arguments
 */
record ReadKeys(String key, String whole) {
    private static final Set<String> SHELLS = Set.of("bash", "shell", "sh", "run", "execute_bash", "run_command",
            "execute_command", "run_shell_command", "terminal", "exec");
    private static final List<String> FILE_READERS = List.of("read", "view", "cat", "open", "show");
    private static final List<String> QUERIES = List.of("get_", "extract_", "fetch", "webfetch", "grep", "search",
            "load");

    static Optional<ReadKeys> of(String tool, JsonNode arguments) {
        String name = tool.toLowerCase(Locale.ROOT);
        if (SHELLS.contains(name)) {
            return command(arguments).flatMap(ShellReads::normalised).map(command -> "shell:" + command)
                    .map(key -> new ReadKeys(key, key));
        }
        Optional<String> path = ToolArguments.mainPath(arguments);
        String whole = name + ":" + CanonicalJson.sorted(arguments);
        if (arguments.path("command").asText().equals("view")) {
            return Optional.of(new ReadKeys(name + ":view:" + path.orElse(""), whole));
        }
        if (FILE_READERS.stream().anyMatch(name::startsWith)) {
            return Optional.of(new ReadKeys(path.map(file -> name + ":" + file).orElse(whole), whole));
        }
        return QUERIES.stream().anyMatch(name::startsWith) ? Optional.of(new ReadKeys(whole, whole)) : Optional.empty();
    }

    private static Optional<String> command(JsonNode arguments) {
        JsonNode command = arguments;
        if (arguments.isObject()) {
            command = arguments.has("command") ? arguments.path("command") : arguments.path("cmd");
        }
        return Optional.ofNullable(command.textValue());
    }
}
