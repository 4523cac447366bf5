package io.mnemosyne.core.observe;

import java.util.ArrayList;
import java.util.List;

/** Cuts prose into sentences. Lines end a sentence; fenced code is left out. */
public final class Sentences {
    private static final int SHORTEST = 4;

    private Sentences() {
    }

    /** The sentences in their order, without white space around them. */
    public static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        boolean code = false;
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            if (line.startsWith("```")) {
                code = !code;
            } else if (!code && !line.isEmpty()) {
                cut(line, sentences);
            }
        }
        return sentences;
    }

    private static void cut(String line, List<String> sentences) {
        int start = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean end = (c == '.' || c == '!' || c == '?') && i + 1 < line.length() && line.charAt(i + 1) == ' ';
            if (end && i - start >= SHORTEST) {
                sentences.add(line.substring(start, i + 1).strip());
                start = i + 1;
            }
        }
        String rest = line.substring(start).strip();
        if (!rest.isEmpty()) {
            sentences.add(rest);
        }
    }
}
