package io.mnemosyne.core.segment;

import java.util.List;

import io.mnemosyne.core.Excerpt;

/** Whether a text that a log gives to a person or a model was printed by a program. */
final class ConsoleText {
    private static final int LOOKED_AT = 8 * 1024;
    private static final int FEWEST_LINES = 2;
    /** Share of lines that read like a sentence from which on a text was written. */
    private static final double WRITTEN = 0.12;
    private static final String SENTENCE_ENDS = ".:!?";

    private ConsoleText() {
    }

    static boolean is(String text) {
        if (text.contains("```") || text.contains("<<<<<<<") || text.contains(">>>>>>>")) {
            return false;
        }
        List<String> lines = Excerpt.of(text, LOOKED_AT).lines().map(String::strip).filter(line -> !line.isEmpty())
                .toList();
        long written = lines.stream().filter(ConsoleText::isSentence).count();
        return lines.size() >= FEWEST_LINES && written < lines.size() * WRITTEN;
    }

    /** Several words, of which the last ends a sentence, or a line of a list. */
    private static boolean isSentence(String line) {
        long words = line.chars().filter(c -> c == ' ').count();
        boolean item = line.startsWith("- ") || line.startsWith("* ") || Character.isDigit(line.charAt(0));
        return words >= 2 && (item || SENTENCE_ENDS.indexOf(line.charAt(line.length() - 1)) >= 0);
    }
}
