package io.mnemosyne.inference.prompts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.mnemosyne.core.observe.Fence;

/** Recognises our own instructions in an answer. In a memory they would come back as something that somebody said. */
final class OwnWords {
    /** So many words in a row are not the same by chance. */
    private static final int RUN = 8;
    /** A text of so many words that stands in the instructions as a whole is copied as well. */
    private static final int SHORTEST = 4;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final Set<String> runs = new HashSet<>();

    OwnWords(Template template) {
        for (String section : template.sections().values()) {
            List<String> words = words(section);
            for (int length = SHORTEST; length <= RUN; length++) {
                runs.addAll(runs(words, length));
            }
        }
    }

    /** Whether a text is taken from the instructions, or has what looks like a marker of a fence. */
    boolean areIn(String text) {
        if (Fence.isMarkedIn(text)) {
            return true;
        }
        List<String> words = words(text);
        return words.size() >= SHORTEST
                && runs(words, Math.min(RUN, words.size())).stream().anyMatch(runs::contains);
    }

    private static List<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
    }

    private static List<String> runs(List<String> words, int length) {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i + length <= words.size(); i++) {
            runs.add(String.join(" ", words.subList(i, i + length)));
        }
        return runs;
    }
}
