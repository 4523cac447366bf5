package io.mnemosyne.replay.recording;

import java.util.ArrayList;
import java.util.List;

/** What counts as a word and as white space, wherever texts are measured. Sizes are Unicode code points. */
public final class Characters {
    private Characters() {
    }

    /** Letters, digits and numbers of every script, and the underscore. Combining marks end a word. */
    public static boolean isWord(int codePoint) {
        if (Character.isLetterOrDigit(codePoint) || codePoint == '_') {
            return true;
        }
        int type = Character.getType(codePoint);
        return type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
    }

    /** White space of every kind: breaking or not, line ends and separators too. */
    public static boolean isSpace(int codePoint) {
        return switch (codePoint) {
            case '\t', '\n', 0x0b, '\f', '\r', 0x1c, 0x1d, 0x1e, 0x1f, ' ', 0x85 -> true;
            default -> codePoint >= 0xa0 && Character.isSpaceChar(codePoint);
        };
    }

    /** How many there are. */
    public static int count(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The text without white space at its ends. */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** The pieces between white space. */
    public static List<String> split(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isSpace(text.charAt(i))) {
                if (i > from) {
                    pieces.add(text.substring(from, i));
                }
                from = i + 1;
            }
        }
        return pieces;
    }
}
