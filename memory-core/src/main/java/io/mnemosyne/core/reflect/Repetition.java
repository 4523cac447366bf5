package io.mnemosyne.core.reflect;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Recognises texts of a model that ran in circles. */
public final class Repetition {
    private static final int SHORTEST_TEXT = 2_000;
    private static final int WINDOW = 200;
    private static final int SAMPLES = 50;
    private static final double MAX_DUPLICATE_WINDOWS = 0.4;
    private static final int LONG_LINE = 24;
    private static final int ENOUGH_LINES = 20;
    private static final double MAX_DUPLICATE_LINES = 0.5;

    private Repetition() {
    }

    /** Texts under 2,000 characters never are: too short to tell a loop from a list. */
    public static boolean isDegenerate(String text) {
        return isLoop(text) || (text.length() >= SHORTEST_TEXT && hasDuplicateLines(text));
    }

    /**
     * Whether a text says the same passages over and over. Repeated lines alone are none, because JSON that is printed
     * nicely has many. Texts under 2,000 characters never are.
     */
    public static boolean isLoop(String text) {
        return text.length() >= SHORTEST_TEXT && hasDuplicateWindows(text);
    }

    /** A window is a duplicate if its text stands somewhere else as well; so a loop of any period is seen. */
    private static boolean hasDuplicateWindows(String text) {
        int duplicates = 0;
        int step = Math.max(1, (text.length() - WINDOW) / (SAMPLES - 1));
        int samples = 0;
        for (int start = 0; start + WINDOW <= text.length(); start += step) {
            String window = text.substring(start, start + WINDOW);
            samples++;
            if (text.indexOf(window) != start || text.indexOf(window, start + 1) >= 0) {
                duplicates++;
            }
        }
        return duplicates > MAX_DUPLICATE_WINDOWS * samples;
    }

    private static boolean hasDuplicateLines(String text) {
        List<String> lines = text.lines().map(String::strip).filter(line -> line.length() >= LONG_LINE).toList();
        Set<String> distinct = new HashSet<>(lines);
        return lines.size() >= ENOUGH_LINES && lines.size() - distinct.size() > MAX_DUPLICATE_LINES * lines.size();
    }
}
