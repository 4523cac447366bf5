package io.mnemosyne.core.segment;

/**
 * Which lines of a file are shown.
 *
 * @param from first line, from 1; negative if counted from the end, where -1 is the last line
 * @param to last line, counted as {@code from} is
 * @param what names a stretch that has no known lines, such as a method; empty if it has
 */
record Stretch(long from, long to, String what) {
    static final Stretch ALL = new Stretch(1, Long.MAX_VALUE, "");
    private static final char UNNUMBERED = '~';
    private static final char BETWEEN = ':';

    /** Lines of a file; those that make no sense are a stretch of their own. */
    static Stretch lines(long from, long to) {
        boolean sound = to >= from && (from > 0 || to < 0);
        return sound ? new Stretch(from, to, "") : named(from + "," + to);
    }

    static Stretch named(String what) {
        return new Stretch(0, 0, what);
    }

    /** Whether whoever sees this one sees all of the other one. */
    boolean covers(Stretch other) {
        if (equals(ALL) || equals(other)) {
            return true;
        }
        boolean sameEnd = Long.signum(from) == Long.signum(other.from) && from != 0;
        return sameEnd && from <= other.from && to >= other.to;
    }

    /** What {@link #of} reads; empty for all of a file. */
    String encoded() {
        if (equals(ALL)) {
            return "";
        }
        return what.isEmpty() ? Long.toString(from) + BETWEEN + to : UNNUMBERED + what;
    }

    static Stretch of(String encoded) {
        if (encoded.isEmpty()) {
            return ALL;
        }
        int between = encoded.indexOf(BETWEEN);
        if (encoded.charAt(0) != UNNUMBERED && between > 0) {
            try {
                return lines(Long.parseLong(encoded.substring(0, between)),
                        Long.parseLong(encoded.substring(between + 1)));
            } catch (NumberFormatException e) {
                return named(encoded); // an older version kept options as they were
            }
        }
        return named(encoded.charAt(0) == UNNUMBERED ? encoded.substring(1) : encoded);
    }
}
