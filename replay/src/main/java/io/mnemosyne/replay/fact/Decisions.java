package io.mnemosyne.replay.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.mnemosyne.replay.recording.Characters;

/** Finds the sentences of an assistant's text that give a reason or make a choice. */
final class Decisions {
    /** Shorter ones stand anywhere by chance, code points. */
    private static final int MIN = 20;
    private static final int MAX = 300;
    private static final String FENCE = "```";
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");
    private static final Pattern MARK = Pattern.compile(
            "(?i)\\b(because|root cause|the fix|instead of|decided|turns out|the problem is|the issue is)\\b");

    private Decisions() {
    }

    /** The sentences in their order, without white space at their ends. A line break ends a sentence. */
    static List<String> of(String text) {
        List<String> found = new ArrayList<>();
        boolean code = false;
        for (String line : text.lines().map(Characters::strip).toList()) {
            if (line.startsWith(FENCE)) {
                code = !code;
            } else if (!code) {
                SENTENCE_END.splitAsStream(line).filter(Decisions::isDecision).forEach(found::add);
            }
        }
        return found;
    }

    private static boolean isDecision(String sentence) {
        int length = Characters.count(sentence);
        return length >= MIN && length <= MAX && MARK.matcher(sentence).find();
    }
}
