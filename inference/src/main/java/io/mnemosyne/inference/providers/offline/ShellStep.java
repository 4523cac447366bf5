package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One program call of a shell command.
 *
 * @param piped whether it gets what the step before it prints
 */
record ShellStep(String text, boolean piped) {
    private static final Set<String> READERS = Set.of("cat", "head", "tail", "nl", "less", "more", "open", "bat");
    private static final Set<String> SEARCHERS = Set.of("grep", "egrep", "rg", "find", "ls", "tree", "fd", "ack", "ag",
            "find_file", "search_dir", "search_file", "wc", "which", "pwd");
    private static final List<String> GIT_SEARCHES = List.of("git grep", "git ls-files", "git log", "git diff",
            "git show");
    private static final Set<String> ASIDES = Set.of("cd", "echo", "printf", "true", "set", "export", "sleep");
    private static final Set<String> FILTERS = Set.of("sort", "uniq", "cut", "tr", "awk", "sed", "jq", "column");
    private static final Pattern XARGS = Pattern.compile("^xargs (?:-[ILnP] ?\\S{1,20} |-\\S{1,20} )*");
    private static final Pattern WRITES = Pattern.compile("(?<![0-9&=-])>(?!&|\\s*/dev/null)");
    /** What ends a step, as group 1; or a quote or comment, in which nothing does. */
    private static final Pattern TOKEN = Pattern.compile(
            "'[^']*+'|\"(?:[^\"\\\\]++|\\\\.)*+\"|\\\\.|(?<![^\\s;&|])#[^\n]*+|(&&|\\|\\|?|;|\n)", Pattern.DOTALL);

    /**
     * The steps of a command, which end at {@code &&}, {@code ||}, {@code |}, {@code ;} and line ends. The lines of a
     * here-document count as steps; its end mark is a program that no set here knows.
     */
    static List<ShellStep> of(String command) {
        List<ShellStep> steps = new ArrayList<>();
        Matcher token = TOKEN.matcher(command);
        int start = 0;
        boolean piped = false;
        while (token.find()) {
            String end = token.group(1);
            if (end != null) {
                steps.add(new ShellStep(command.substring(start, token.start()).strip(), piped));
                piped = end.equals("|");
                start = token.end();
            }
        }
        steps.add(new ShellStep(command.substring(start).strip(), piped));
        steps.removeIf(step -> step.text().isEmpty() || step.text().startsWith("#"));
        return steps;
    }

    boolean reads() {
        return !piped && (READERS.contains(program()) || text.startsWith("sed -n")) && !writes();
    }

    boolean searches() {
        return SEARCHERS.contains(program()) || GIT_SEARCHES.stream().anyMatch(text::startsWith);
    }

    /** Whether it changes nothing and runs nothing whose outcome would matter. */
    boolean onlyLooks() {
        boolean filters = piped && (FILTERS.contains(program()) || READERS.contains(program()));
        return reads() || searches() || ((filters || ASIDES.contains(program())) && !writes());
    }

    private boolean writes() {
        return WRITES.matcher(text).find();
    }

    String program() {
        String call = XARGS.matcher(text).replaceFirst("");
        int end = 0;
        while (end < call.length() && !Character.isWhitespace(call.charAt(end))) {
            end++;
        }
        return call.substring(0, end);
    }

    /** The files that a reading step names: its words with a slash or a dot that are no options. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (String word : text.split("\\s+", -1)) {
            String path = unquoted(word);
            boolean file = path.indexOf('/') >= 0 || path.indexOf('.') > 0;
            if (file && !path.startsWith("-") && !path.startsWith("2>") && path.indexOf('*') < 0) {
                paths.add(path);
            }
        }
        return paths;
    }

    private static String unquoted(String word) {
        boolean quoted = word.length() > 1 && (word.charAt(0) == '"' || word.charAt(0) == '\'')
                && word.charAt(word.length() - 1) == word.charAt(0);
        return quoted ? word.substring(1, word.length() - 1) : word;
    }
}
