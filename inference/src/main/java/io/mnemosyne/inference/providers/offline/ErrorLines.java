package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the lines of an output that say what went wrong, most specific first in rank, in their own order in print. */
final class ErrorLines {
    private static final int CERTAIN = 5;
    private static final int LIKELY = 3;
    private static final Pattern EXCEPTION = Pattern.compile(
            "^(?:E\\s{1,8})?(?:Exception in thread \"[^\"]{0,80}\" )?(?:[a-zA-Z_$][\\w$]{0,60}\\.){0,12}"
                    + "[A-Z]\\w{0,80}(?:Error|Exception|Failure|Interrupt)(?::|$| \\[|\\()");
    private static final Pattern COMPILER = Pattern
            .compile("\\berror(?: TS\\d{3,5}|\\[E\\d{2,5}\\]|: | C\\d{4})|: fatal error: ");
    private static final Pattern PYTHON_FRAME = Pattern.compile("^\\s*File \"([^\"]{1,200})\", line (\\d{1,7})");
    private static final Pattern EXIT = Pattern
            .compile("(?i)(?:exited with|exit|returned non-zero exit)[ _](?:code|status)[ :=]{0,3}(-?\\d{1,4})");
    private static final List<String> CERTAIN_STARTS = List.of("Caused by:", "panic:", "fatal:", "FATAL", "FAILED ",
            "--- FAIL: ", "Segmentation fault", "error:", "Error:", "npm ERR!", "npm error code",
            "not ok ", "thread '");
    private static final List<String> CERTAIN_INSIDE = List.of("command not found", "No such file or directory",
            "Permission denied", "undefined reference", "cannot find symbol", "No module named", "Connection refused",
            "No replacement was performed");
    /** How Maven, Gradle, Ant and Xcode end a broken build: certain, but they do not say why. */
    private static final List<String> BUILD_FAILED = List.of("BUILD FAILURE", "BUILD FAILED", "COMPILATION ERROR");
    private static final List<String> LIKELY_STARTS = List.of("[ERROR]", "ERROR", "Failure:", "FAIL", "✖", "✗",
            "assert ",
            "Unable to ", "Could not ", "Cannot ", "Failed to ", "failed to ", "E  ");

    private ErrorLines() {
    }

    /** At most {@code max} distinct lines, each at most 300 characters. */
    static List<String> in(String output, int max) {
        record Found(int index, int rank, String text) {
        }
        Map<String, Found> found = new LinkedHashMap<>();
        Optional<String> frame = Optional.empty();
        List<String> lines = Texts.lines(output);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Optional<String> place = pythonFrame(line);
            if (place.isPresent()) {
                frame = place;
                continue;
            }
            String text = line.strip();
            int rank = rank(text);
            if (rank > 0) {
                String told = Texts.head(text + frame.map(at -> " (" + at + ")").orElse(""), 300);
                found.putIfAbsent(told, new Found(i, rank, told));
                frame = Optional.empty();
            }
        }
        List<Found> best = new ArrayList<>(found.values());
        best.sort(Comparator.comparingInt((Found line) -> -line.rank()).thenComparingInt(Found::index));
        return best.stream().limit(max).sorted(Comparator.comparingInt(Found::index)).map(Found::text).toList();
    }

    /** Whether an output shows a failure although nobody flagged it. */
    static boolean certain(String output) {
        return Texts.lines(output).stream().anyMatch(line -> rank(line.strip()) >= CERTAIN);
    }

    /** Whether a build tool says that the build failed, whatever the exit code of its pipe. */
    static boolean buildFailed(String output) {
        return Texts.lines(output).stream().anyMatch(line -> containsAny(line, BUILD_FAILED));
    }

    /** The exit code that an output states at its end or on its first line. */
    static Optional<Integer> exitCode(String output) {
        String end = output.substring(Math.max(0, output.length() - 300));
        Optional<Integer> last = Optional.empty();
        Matcher matcher = EXIT.matcher(end);
        while (matcher.find()) {
            last = Optional.of(Integer.valueOf(matcher.group(1)));
        }
        if (last.isPresent()) {
            return last;
        }
        Matcher first = EXIT.matcher(Texts.head(Texts.firstLine(output), 80));
        return first.find() ? Optional.of(Integer.valueOf(first.group(1))) : Optional.empty();
    }

    private static int rank(String line) {
        if (line.isEmpty()) {
            return 0;
        }
        if (startsWithAny(line, CERTAIN_STARTS) || isException(line) || containsAny(line, CERTAIN_INSIDE)) {
            return CERTAIN;
        }
        if (line.contains("rror") && COMPILER.matcher(line).find()) {
            return CERTAIN;
        }
        return startsWithAny(line, LIKELY_STARTS) || containsAny(line, BUILD_FAILED) ? LIKELY : 0;
    }

    private static boolean isException(String line) {
        return (line.contains("Error") || line.contains("Exception") || line.contains("Failure")
                || line.contains("Interrupt")) && EXCEPTION.matcher(line).find();
    }

    private static Optional<String> pythonFrame(String line) {
        if (!line.contains("File \"")) {
            return Optional.empty();
        }
        Matcher frame = PYTHON_FRAME.matcher(line);
        return frame.find() ? Optional.of(frame.group(1) + ":" + frame.group(2)) : Optional.empty();
    }

    private static boolean startsWithAny(String line, List<String> starts) {
        return starts.stream().anyMatch(line::startsWith);
    }

    private static boolean containsAny(String line, List<String> insides) {
        return insides.stream().anyMatch(line::contains);
    }
}
