package io.mnemosyne.core.segment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.core.Excerpt;

/** Finds the line of an output that reports a failure. Reads each line once, of long texts the beginning and the end. */
final class Failure {
    private static final int LOOKED_AT = 8 * 1024;
    /** What follows on a line is not looked at, characters. */
    private static final int MAX_LINE = 400;
    private static final List<String> BEGINNINGS = List.of("error:", "error ", "error[", "fatal:", "panic:", "failed",
            "fail:", "failure:", "build failed", "build failure", "[error]", "exception in thread", "unexpected error",
            "traceback (most recent call",
            "caused by:", "assertionerror", "npm err!", "e   ");
    private static final List<String> ANYWHERE = List.of("traceback (most recent call last)", "command not found",
            "no such file or directory", "returned: error", "unknown command", "permission denied",
            "cannot find module", "build failure", "error: ", "no matching function", "not recognized as",
            "): error ", "could not find the exact text", "failed to match", "no replacement was performed");
    private static final List<String> REFUSED = List.of("no such file or directory", "returned: error",
            "does not exist",
            "permission denied", "is a directory", "command not found", "out of range", "file not found");
    private static final List<String> REFUSING = List.of("error:", "error ", "failure:", "fatal:", "traceback (most");
    private static final List<String> COUNTED = List.of("failed", "failing", "failures", "failure", "errors", "error");
    private static final List<String> COUNTING = List.of("failures=", "errors=", "failures: ", "errors: ", "exit code ",
            "exit code: ", "exited with code ", "exit status ", "exit status: ", "exit code=");

    private Failure() {
    }

    /** The first such line. */
    static Optional<String> in(String text) {
        return Excerpt.of(text, LOOKED_AT).lines().map(String::strip).filter(Failure::isReported).findFirst();
    }

    /** The line that says why there is nothing to be shown; a file or a hit may name an error as well. */
    static Optional<String> insteadOf(String text) {
        return text.lines().map(String::strip).filter(Failure::isRefusal).findFirst();
    }

    private static boolean isRefusal(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return REFUSED.stream().anyMatch(lower::contains) || REFUSING.stream().anyMatch(lower::startsWith);
    }

    private static boolean isReported(String whole) {
        String line = whole.length() > MAX_LINE ? whole.substring(0, MAX_LINE) : whole;
        String lower = line.toLowerCase(Locale.ROOT);
        return BEGINNINGS.stream().anyMatch(lower::startsWith) || ANYWHERE.stream().anyMatch(lower::contains)
                || isNamed(line) || isCounted(lower);
    }

    /** A dotted name that ends in Error or Exception, alone or in front of a colon. */
    private static boolean isNamed(String line) {
        int end = 0;
        while (end < line.length() && (Character.isLetterOrDigit(line.charAt(end)) || ".$_".indexOf(
                line.charAt(end)) >= 0)) {
            end++;
        }
        String name = line.substring(0, end);
        boolean alone = end == line.length() || line.charAt(end) == ':';
        return alone && (name.endsWith("Error") || name.endsWith("Exception"));
    }

    private static boolean isCounted(String lower) {
        for (String word : COUNTED) {
            int at = lower.indexOf(" " + word);
            while (at > 0) {
                if (endsInPositive(lower, at)) {
                    return true;
                }
                at = lower.indexOf(" " + word, at + 1);
            }
        }
        return COUNTING.stream().anyMatch(words -> {
            int at = lower.indexOf(words);
            return at >= 0 && startsWithPositive(lower, at + words.length());
        });
    }

    private static boolean endsInPositive(String text, int end) {
        int start = end;
        while (start > 0 && Character.isDigit(text.charAt(start - 1))) {
            start--;
        }
        return start < end && text.chars().skip(start).limit(end - start).anyMatch(c -> c != '0');
    }

    private static boolean startsWithPositive(String text, int start) {
        return start < text.length() && text.charAt(start) >= '1' && text.charAt(start) <= '9';
    }
}
