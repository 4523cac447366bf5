package io.mnemosyne.core.text;

import java.util.List;
import java.util.regex.Pattern;

/** Tells from a line of an output whether it says what went wrong. */
public final class ErrorLine {
    /** The rank of a line that nobody writes who has not failed. */
    public static final int CERTAIN = 5;
    private static final int LIKELY = 3;
    private static final Pattern EXCEPTION = Pattern.compile(
            "^(?:E\\s{1,8})?(?:Exception in thread \"[^\"]{0,80}\" )?(?:[a-zA-Z_$][\\w$]{0,60}\\.){0,12}"
                    + "[A-Z]\\w{0,80}(?:Error|Exception|Failure|Interrupt)(?::|$| \\[|\\()");
    private static final Pattern COMPILER = Pattern
            .compile("\\berror(?: TS\\d{3,5}|\\[E\\d{2,5}\\]|: | C\\d{4})|: fatal error: ");
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

    private ErrorLine() {
    }

    /**
     * How specific the complaint is.
     *
     * @param line without white space at its ends, best of a few hundred characters at most
     * @return {@link #CERTAIN} at most, 0 for no complaint
     */
    public static int rank(String line) {
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

    /** Whether a build tool says here that the build failed. */
    public static boolean endsBuild(String line) {
        return containsAny(line, BUILD_FAILED);
    }

    private static boolean isException(String line) {
        return (line.contains("Error") || line.contains("Exception") || line.contains("Failure")
                || line.contains("Interrupt")) && EXCEPTION.matcher(line).find();
    }

    private static boolean startsWithAny(String line, List<String> starts) {
        for (String start : starts) {
            if (line.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean containsAny(String line, List<String> insides) {
        for (String inside : insides) {
            if (line.contains(inside)) {
                return true;
            }
        }
        return false;
    }
}
