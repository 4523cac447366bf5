package io.mnemosyne.core.segment;

/** One-line renderings of texts. */
final class Lines {
    private static final int LOOKED_AT = 4_000;

    private Lines() {
    }

    /** The text with every run of white space as one space, cut to a number of characters with an ellipsis. */
    static String oneLine(String text, int max) {
        String line = text.substring(0, Math.min(text.length(), LOOKED_AT)).replaceAll("\\s+", " ").strip();
        if (line.length() <= max) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(max - 2)) ? max - 2 : max - 1;
        return line.substring(0, end) + "…";
    }

    /** The first line with anything on it. */
    static String first(String text) {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    }

    static long count(String text) {
        return text.lines().count();
    }
}
