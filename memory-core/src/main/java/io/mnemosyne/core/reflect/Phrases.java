package io.mnemosyne.core.reflect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads and shortens the texts of log entries. */
public final class Phrases {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'_./+-]*");
    private static final String OMISSION = " … ";

    private Phrases() {
    }

    /** What stands in backticks at the beginning of a text, be it after one word such as {@code ran}. */
    static Optional<String> quoted(String text) {
        int open = text.indexOf('`');
        int close = text.indexOf('`', open + 1);
        boolean early = open >= 0 && text.substring(0, open).strip().indexOf(' ') < 0;
        return early && close > open + 1 ? Optional.of(text.substring(open + 1, close)) : Optional.empty();
    }

    static List<String> words(String text) {
        return WORD.matcher(text).results().map(match -> match.group()).toList();
    }

    /**
     * Two thirds of the room for the beginning, one for the end, what is left out is marked; of a text of several lines
     * the first whole lines that fit.
     *
     * @param maxChars longest result in characters, at least 10
     */
    public static String clip(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int lineEnd = text.lastIndexOf('\n', maxChars - OMISSION.length());
        if (lineEnd > maxChars / 3) {
            return text.substring(0, lineEnd) + "\n…";
        }
        int room = maxChars - OMISSION.length();
        int head = whole(text, room * 2 / 3);
        int tail = whole(text, text.length() - (room - room * 2 / 3));
        return text.substring(0, head).stripTrailing() + OMISSION + text.substring(tail).stripLeading();
    }

    /** The index itself, or the next one if it would cut a code point in two. */
    private static int whole(String text, int index) {
        boolean cuts = Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
        return cuts ? index + 1 : index;
    }
}
