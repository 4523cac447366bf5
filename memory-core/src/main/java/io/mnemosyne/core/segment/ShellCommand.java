package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a shell command shows, judged by its first command after any {@code cd}. Deliberately no parser: what it does not
 * recognise is {@link ToolAction#OTHER}.
 *
 * @param path of the file that is printed, under the directory of a {@code cd} before it
 * @param stretch options that choose a part of the file
 */
record ShellCommand(ToolAction action, Optional<String> path, String stretch) {
    private static final ShellCommand OTHER = new ShellCommand(ToolAction.OTHER, Optional.empty(), "");
    private static final ShellCommand LIST = new ShellCommand(ToolAction.LIST, Optional.empty(), "");
    /** Longer ones are scripts, which are not split into millions of words to be judged, characters. */
    private static final int MAX_COMMAND = 8 * 1024;
    private static final Set<String> PRINTERS = Set.of("cat", "head", "tail", "nl", "less", "more", "bat", "sed");
    private static final Set<String> LISTERS = Set.of("ls", "tree", "pwd", "find", "which", "whoami", "date");

    static ShellCommand of(String command) {
        if (command.length() > MAX_COMMAND) {
            return OTHER;
        }
        String directory = "";
        for (String step : command.split("&&|;|\n", -1)) {
            List<String> words = words(step.split("\\|", 2)[0]);
            if (words.isEmpty()) {
                continue;
            }
            if (words.getFirst().equals("cd") && words.size() == 2) {
                directory = words.get(1);
                continue;
            }
            return of(words, directory, step);
        }
        return OTHER;
    }

    private static ShellCommand of(List<String> words, String directory, String step) {
        String program = words.getFirst();
        if (LISTERS.contains(program) || isGitStatus(words)) {
            return LIST;
        }
        boolean edits = step.contains(">") || step.contains("<<") || words.contains("-i");
        if (!PRINTERS.contains(program) || edits || words.size() < 2) {
            return OTHER;
        }
        String file = words.getLast();
        List<String> options = words.subList(1, words.size() - 1);
        if (file.startsWith("-") || options.stream().anyMatch(ShellCommand::isPath)) {
            return OTHER;
        }
        String stretch = options.isEmpty() ? "" : program + " " + String.join(" ", options);
        return new ShellCommand(ToolAction.READ, Optional.of(under(directory, file)), stretch);
    }

    private static boolean isGitStatus(List<String> words) {
        return words.size() > 1 && words.getFirst().equals("git") && words.get(1).equals("status");
    }

    private static boolean isPath(String word) {
        return !word.startsWith("-") && !Character.isDigit(word.charAt(0)) && !word.startsWith("$");
    }

    private static String under(String directory, String file) {
        if (directory.isEmpty() || file.startsWith("/") || file.startsWith("~")) {
            return file;
        }
        return directory.endsWith("/") ? directory + file : directory + "/" + file;
    }

    private static List<String> words(String step) {
        List<String> words = new ArrayList<>();
        Arrays.stream(step.strip().split("\\s+")).map(word -> word.replaceAll("^['\"]|['\"]$", ""))
                .filter(word -> !word.isEmpty()).forEach(words::add);
        return words;
    }
}
