package io.mnemosyne.core.segment;

import java.util.Optional;

/** Reads from a text with line numbers which lines of a file it shows. */
final class Numbered {
    private static final int MAX_DIGITS = 7;
    private static final int FEWEST = 2;

    private Numbered() {
    }

    /** The lines, if the text numbers at least two and leaves none out between them. */
    static Optional<Stretch> lines(String text) {
        long first = 0;
        long last = 0;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            long number = numberAt(text, start, end);
            if (number > 0 && first == 0) {
                first = number;
                last = number;
            } else if (number > 0) {
                if (number != last + 1) {
                    return Optional.empty();
                }
                last = number;
            }
            start = end + 1;
        }
        return first > 0 && last - first + 1 >= FEWEST ? Optional.of(Stretch.lines(first, last)) : Optional.empty();
    }

    /** The number that a line begins with in front of a tab, a colon or a bar; 0 if it does not. */
    private static long numberAt(String text, int start, int end) {
        int i = start;
        while (i < end && text.charAt(i) == ' ') {
            i++;
        }
        int digits = i;
        long number = 0;
        while (i < end && i - digits < MAX_DIGITS && isDigit(text.charAt(i))) {
            number = number * 10 + text.charAt(i) - '0';
            i++;
        }
        boolean marked = i > digits && i < end && (text.charAt(i) == '\t' || text.charAt(i) == ':'
                || text.charAt(i) == '│');
        return marked ? number : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
