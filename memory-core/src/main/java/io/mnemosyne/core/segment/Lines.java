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

    /** The first line that is not only what was called, which some tools print again. */
    static String firstOtherThan(String text, String call) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !call.contains(line)).findFirst()
                .orElseGet(() -> first(text));
    }

    /** The last line with anything on it. */
    static String last(String text) {
        int end = text.length();
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(text.lastIndexOf('\n', Math.max(0, end - 1)) + 1, end).strip();
    }

    static long count(String text) {
        return text.lines().count();
    }
}
