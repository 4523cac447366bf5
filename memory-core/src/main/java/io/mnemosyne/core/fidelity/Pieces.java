package io.mnemosyne.core.fidelity;

import java.util.Arrays;

/**
 * A text in the pieces that an excerpt keeps or leaves out: its lines, very long ones as several. A long line is cut
 * behind a white space or a sign that ends something if there is one, and never inside of a code point.
 */
final class Pieces {
    /** Longer lines are data more often than text, characters. */
    static final int LONGEST = 400;
    /** How far back a place to cut is looked for, characters. */
    private static final int BACK = 100;
    private static final String ENDS = ",;)]}>";

    private final String text;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int size;

    private Pieces(String text) {
        this.text = text;
    }

    static Pieces of(String text) {
        Pieces pieces = new Pieces(text);
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int lineEnd = end < 0 ? text.length() : end;
            pieces.addLine(from, lineEnd);
            from = lineEnd + 1;
        }
        return pieces;
    }

    int size() {
        return size;
    }

    int start(int piece) {
        return starts[piece];
    }

    int end(int piece) {
        return ends[piece];
    }

    int length(int piece) {
        return ends[piece] - starts[piece];
    }

    String get(int piece) {
        return text.substring(starts[piece], ends[piece]);
    }

    boolean isBlank(int piece) {
        for (int i = starts[piece]; i < ends[piece]; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a piece goes on in the line of the one before. */
    boolean continues(int piece) {
        return piece > 0 && starts[piece] == ends[piece - 1];
    }

    /** Which piece has the character at an offset; the one before if it is a line end. */
    int at(int offset) {
        int found = Arrays.binarySearch(starts, 0, size, offset);
        return found >= 0 ? found : -found - 2;
    }

    private void addLine(int from, int end) {
        int start = from;
        while (end - start > LONGEST) {
            int cut = cut(start);
            add(start, cut);
            start = cut;
        }
        add(start, end);
    }

    private int cut(int start) {
        int most = start + LONGEST;
        for (int i = most; i > most - BACK; i--) {
            char before = text.charAt(i - 1);
            if (Character.isWhitespace(before) || ENDS.indexOf(before) >= 0) {
                return i;
            }
        }
        return Character.isSurrogatePair(text.charAt(most - 1), text.charAt(most)) ? most - 1 : most;
    }

    private void add(int start, int end) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        starts[size] = start;
        ends[size++] = end;
    }
}
