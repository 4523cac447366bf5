package io.mnemosyne.replay.recording;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recognises shell commands that only read files. Deliberately no parser: what it does not recognise may write. */
final class ShellReads {
    private static final Set<String> READERS = Set.of("cat", "head", "tail", "nl", "grep", "egrep", "rg", "open",
            "less",
            "more");
    private static final Set<String> FILTERS = Set.of("sed", "awk", "cut", "sort", "uniq", "wc", "tr");
    private static final Set<String> HARMLESS = Set.of("cd", "pwd", "echo");
    private static final Pattern HARMLESS_REDIRECT = Pattern.compile("[12&]?>\\s*/dev/null|2>&1");
    private static final Pattern STEPS = Pattern.compile("&&|\\|\\||;");
    private static final Pattern PIPE = Pattern.compile("\\|");
    private static final String MASK = "Q";

    private ShellReads() {
    }

    /** The command with its spaces and quotes made equal, if it reads at least one file and does nothing else. */
    static Optional<String> normalised(String command) {
        String flat = String.join(" ", Characters.split(HARMLESS_REDIRECT.matcher(command).replaceAll(" ")));
        String masked = withoutQuoted(flat);
        if (Stream.of(">", "<<", "`", "$(").anyMatch(masked::contains)) {
            return Optional.empty();
        }
        List<List<List<String>>> pipes = STEPS.splitAsStream(masked).map(ShellReads::pipe)
                .filter(pipe -> !pipe.getFirst().isEmpty() && !HARMLESS.contains(pipe.getFirst().getFirst())).toList();
        boolean reads = !pipes.isEmpty() && pipes.stream().allMatch(ShellReads::reads);
        return reads ? Optional.of(flat.replace('"', '\'')) : Optional.empty();
    }

    /** The words of each command of a pipe. */
    private static List<List<String>> pipe(String step) {
        return Arrays.stream(PIPE.split(step, -1)).map(Characters::split).toList();
    }

    private static boolean reads(List<List<String>> pipe) {
        List<String> first = pipe.getFirst();
        String program = first.getFirst();
        boolean printsLines = program.equals("sed") && first.subList(1, first.size()).contains("-n")
                && !first.contains("-i");
        return (printsLines || READERS.contains(program)) && pipe.stream().skip(1).allMatch(ShellReads::filters);
    }

    private static boolean filters(List<String> command) {
        return !command.isEmpty() && (READERS.contains(command.getFirst()) || FILTERS.contains(command.getFirst()));
    }

    /** What stands in quotes is no syntax. A quote that nothing closes is. */
    private static String withoutQuoted(String command) {
        StringBuilder masked = new StringBuilder(command.length());
        int i = 0;
        while (i < command.length()) {
            int end = switch (command.charAt(i)) {
                case '\'' -> command.indexOf('\'', i + 1);
                case '"' -> closing(command, i + 1);
                default -> -1;
            };
            if (end < 0) {
                masked.append(command.charAt(i++));
            } else {
                masked.append(MASK);
                i = end + 1;
            }
        }
        return masked.toString();
    }

    private static int closing(String command, int from) {
        for (int i = from; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }
}
