package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.mnemosyne.core.Excerpt;

/**
 * The sentences of a message without its code, in lower case. Of long messages the beginning and the end.
 *
 * @param sentences in their order; an item of a list is one
 * @param items indexes of the sentences that begin an item of a numbered or ticked list
 * @param codeLines lines inside of code blocks
 */
record Prose(List<String> sentences, List<Integer> items, int codeLines) {
    private static final int LOOKED_AT = 8 * 1024;

    static Prose of(String text) {
        List<String> sentences = new ArrayList<>();
        boolean code = false;
        List<Integer> items = new ArrayList<>();
        int codeLines = 0;
        for (String line : Excerpt.of(text, LOOKED_AT).lines().toList()) {
            String stripped = line.strip();
            if (stripped.startsWith("```") || stripped.startsWith("<source>") || stripped.startsWith("</source>")) {
                code = !code;
            } else if (code) {
                codeLines++;
            } else if (!stripped.isEmpty()) {
                if (isItem(stripped)) {
                    items.add(sentences.size());
                }
                split(stripped.toLowerCase(Locale.ROOT).replace('\u2019', '\''), sentences);
            }
        }
        return new Prose(List.copyOf(sentences), List.copyOf(items), codeLines);
    }

    boolean says(List<String> cues) {
        return sentences.stream().anyMatch(sentence -> cues.stream().anyMatch(sentence::contains));
    }

    /** How many sentences hold one of the cues. */
    long count(List<String> cues) {
        return sentences.stream().filter(sentence -> cues.stream().anyMatch(sentence::contains)).count();
    }

    /** Whether a sentence with one of the cues announces a list of at least two items. */
    boolean lists(List<String> cues) {
        for (int i = 0; i < sentences.size(); i++) {
            int at = i;
            if (cues.stream().anyMatch(sentences.get(i)::contains)
                    && items.stream().filter(item -> item >= at).count() >= 2) {
                return true;
            }
        }
        return false;
    }

    private static boolean isItem(String line) {
        int digits = 0;
        while (digits < line.length() && Character.isDigit(line.charAt(digits))) {
            digits++;
        }
        boolean numbered = digits > 0 && digits < line.length() - 1 && ".)".indexOf(line.charAt(digits)) >= 0
                && line.charAt(digits + 1) == ' ';
        return numbered || line.startsWith("- [ ]");
    }

    private static void split(String line, List<String> sentences) {
        int start = 0;
        for (int i = 0; i < line.length(); i++) {
            boolean ends = ".!?".indexOf(line.charAt(i)) >= 0 && i + 1 < line.length()
                    && (line.charAt(i + 1) == ' ' || (Character.isLetter(line.charAt(i + 1)) && i > 0
                            && line.charAt(i) != '.'));
            if (ends) {
                add(line.substring(start, i + 1), sentences);
                start = i + 1;
            }
        }
        add(line.substring(start), sentences);
    }

    private static void add(String sentence, List<String> sentences) {
        String stripped = sentence.strip();
        if (!stripped.isEmpty()) {
            sentences.add(" " + stripped + " ");
        }
    }
}
