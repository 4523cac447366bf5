package io.mnemosyne.inference.providers.offline;

import java.util.List;

/** Small operations on text. */
final class Texts {
    /** Longest line that patterns are tried on, so that their cost stays linear in the input. */
    static final int LINE = 400;

    private Texts() {
    }

    /** The text, or its beginning and end around an ellipsis; at most {@code max} characters. */
    static String clip(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int head = (max - 5) * 2 / 3;
        int tail = max - 5 - head;
        return whole(text.substring(0, head), true) + " [..]"
                + whole(text.substring(text.length() - tail), false);
    }

    /** The beginning of the text, ended by an ellipsis where something is left out; at most {@code max} characters. */
    static String head(String text, int max) {
        return text.length() <= max ? text : whole(text.substring(0, max - 1), true) + "…";
    }

    /** The text on one line, runs of white space made one space. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), 1_024));
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                space = !line.isEmpty();
            } else {
                if (space) {
                    line.append(' ');
                    space = false;
                }
                line.append(c);
            }
        }
        return line.toString();
    }

    static String firstLine(String text) {
        String stripped = text.strip();
        int end = stripped.indexOf('\n');
        return end < 0 ? stripped : stripped.substring(0, end).stripTrailing();
    }

    /** The lines of a text without terminal control sequences, each at most {@link #LINE} characters long. */
    static List<String> lines(String text) {
        return plain(text).lines().map(line -> line.length() <= LINE ? line : line.substring(0, LINE)).toList();
    }

    /** The text without terminal control sequences; of a line that was drawn over, the last state. */
    static String plain(String text) {
        if (text.indexOf('\u001b') < 0 && text.indexOf('\r') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u001b') {
                i = endOfSequence(text, i);
            } else if (c == '\r') {
                boolean drawnOver = i + 1 < text.length() && text.charAt(i + 1) != '\n';
                if (drawnOver) {
                    plain.setLength(lineStart);
                }
            } else {
                plain.append(c);
                if (c == '\n') {
                    lineStart = plain.length();
                }
            }
        }
        return plain.toString();
    }

    /** Index of the last character of the control sequence that begins at {@code start}. */
    private static int endOfSequence(String text, int start) {
        if (start + 1 >= text.length() || text.charAt(start + 1) != '[') {
            return Math.min(start + 1, text.length() - 1);
        }
        int end = start + 2;
        while (end < text.length() && !(text.charAt(end) >= '@' && text.charAt(end) <= '~')) {
            end++;
        }
        return Math.min(end, text.length() - 1);
    }

    /** Without half a code point at the end that was cut. */
    private static String whole(String text, boolean cutAtEnd) {
        if (text.isEmpty()) {
            return text;
        }
        if (cutAtEnd && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
            return text.substring(0, text.length() - 1);
        }
        return !cutAtEnd && Character.isLowSurrogate(text.charAt(0)) ? text.substring(1) : text;
    }
}
