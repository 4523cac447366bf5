package io.mnemosyne.replay.fact;

import java.util.List;
import java.util.regex.Pattern;

import io.mnemosyne.replay.recording.Characters;

/**
 * Finds the lines of a tool result that say what went wrong. The rules are few and plain on purpose, and shared with nothing
 * that writes a prompt: a measure must not repeat the judgement of what it measures.
 */
final class ErrorLines {
    /** Shorter lines stand anywhere by chance, code points. */
    private static final int MIN = 20;
    /** Longer ones are data, code points. */
    private static final int MAX = 300;
    /** What follows is mostly the same again. */
    private static final int MOST = 5;
    /** How a line begins that is about an error, whatever it is part of: an exception, or a place and a complaint. */
    private static final Pattern ANYWHERE = Pattern.compile(
            "(E\\s+|Caused by: |Uncaught |Exception in thread \\S+ )?[\\w.$]+(Error: |Exception(: |$))"
                    + "|(\\S*\\d\\S*: )?(fatal )?[Ee]rror( \\w+|\\[\\w+])?: |FAILED |fatal: |panic: ");
    /** What a line of a failed call's result mentions if it says why. */
    private static final Pattern IN_FAILED = Pattern.compile(
            "(?i)\\b(error|exception|fail|fatal|panic|cannot|can't|could not|unable|not found|no such|"
                    + "denied|invalid|unexpected|undefined|missing|refused|timed out)");
    /** How code ends that only handles errors, such as a field with that name. */
    private static final String CODE_ENDS = ",;{(";

    private ErrorLines() {
    }

    /**
     * The first few of them, in their order and without white space at their ends.
     *
     * @param failed whether the tool itself reports failure; then less has to be said for a line to count
     */
    static List<String> of(String result, boolean failed) {
        return result.lines().map(Characters::strip).filter(ErrorLines::isMessage)
                .filter(line -> ANYWHERE.matcher(line).lookingAt() || (failed && IN_FAILED.matcher(line).find()))
                .distinct().limit(MOST).toList();
    }

    private static boolean isMessage(String line) {
        int length = Characters.count(line);
        return length >= MIN && length <= MAX && CODE_ENDS.indexOf(line.charAt(line.length() - 1)) < 0;
    }
}
