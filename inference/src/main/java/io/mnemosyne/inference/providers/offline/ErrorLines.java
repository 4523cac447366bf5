package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.mnemosyne.core.text.ErrorLine;

/** Finds the lines of an output that say what went wrong, most specific first in rank, in their own order in print. */
final class ErrorLines {
    private static final Pattern PYTHON_FRAME = Pattern.compile("^\\s*File \"([^\"]{1,200})\", line (\\d{1,7})");
    private static final Pattern EXIT = Pattern
            .compile("(?i)(?:exited with|exit|returned non-zero exit)[ _](?:code|status)[ :=]{0,3}(-?\\d{1,4})");

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
            int rank = ErrorLine.rank(text);
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
        return Texts.lines(output).stream().anyMatch(line -> ErrorLine.rank(line.strip()) >= ErrorLine.CERTAIN);
    }

    /** Whether a build tool says that the build failed, whatever the exit code of its pipe. */
    static boolean buildFailed(String output) {
        return Texts.lines(output).stream().anyMatch(ErrorLine::endsBuild);
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

    private static Optional<String> pythonFrame(String line) {
        if (!line.contains("File \"")) {
            return Optional.empty();
        }
        Matcher frame = PYTHON_FRAME.matcher(line);
        return frame.find() ? Optional.of(frame.group(1) + ":" + frame.group(2)) : Optional.empty();
    }
}
