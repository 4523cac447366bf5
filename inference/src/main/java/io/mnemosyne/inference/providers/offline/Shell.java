package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.mnemosyne.inference.providers.offline.Transcript.ToolUse;

/**
 * A shell command, as far as its first program tells what it is for.
 *
 * @param line its first line without leading {@code cd}s
 */
record Shell(String line) {
    private static final Set<String> TOOLS = Set.of("bash", "shell", "sh", "run", "execute_bash", "run_command",
            "execute_command", "run_shell_command", "terminal", "exec", "local_shell", "powershell");
    private static final Set<String> READERS = Set.of("cat", "head", "tail", "nl", "less", "more", "open", "bat");
    private static final Set<String> SEARCHERS = Set.of("grep", "egrep", "rg", "find", "ls", "tree", "fd", "ack", "ag",
            "find_file", "search_dir", "search_file", "wc", "which", "pwd");

    /** The command of a tool use, if the tool is a shell. */
    static Optional<Shell> of(ToolUse use) {
        boolean shell = TOOLS.contains(use.tool().toLowerCase(Locale.ROOT));
        return shell ? use.arguments().command().map(Shell::parse) : Optional.empty();
    }

    static Shell parse(String command) {
        String line = Texts.firstLine(command);
        while (line.startsWith("cd ")) {
            int end = line.indexOf("&&");
            if (end < 0) {
                break;
            }
            line = line.substring(end + 2).strip();
        }
        return new Shell(line);
    }

    String program() {
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return line.substring(0, end);
    }

    boolean reads() {
        boolean changes = line.contains(">") && !line.contains("/dev/null") && !line.contains("2>&1");
        return !changes && (READERS.contains(program()) || line.startsWith("sed -n"));
    }

    boolean searches() {
        return SEARCHERS.contains(program()) || line.startsWith("git grep") || line.startsWith("git ls-files")
                || line.startsWith("git log") || line.startsWith("git diff") || line.startsWith("git show");
    }

    /** The files that a reading command names: its words with a slash or a dot that are no options. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (String word : firstOfPipe().split("\\s+", -1)) {
            String path = unquoted(word);
            boolean file = path.indexOf('/') >= 0 || path.indexOf('.') > 0;
            if (file && !path.startsWith("-") && !path.startsWith("2>") && path.indexOf('*') < 0) {
                paths.add(path);
            }
        }
        return paths;
    }

    private String firstOfPipe() {
        int pipe = line.indexOf('|');
        return pipe < 0 ? line : line.substring(0, pipe);
    }

    private static String unquoted(String word) {
        boolean quoted = word.length() > 1 && (word.charAt(0) == '"' || word.charAt(0) == '\'')
                && word.charAt(word.length() - 1) == word.charAt(0);
        return quoted ? word.substring(1, word.length() - 1) : word;
    }
}
