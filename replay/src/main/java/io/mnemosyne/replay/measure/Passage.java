package io.mnemosyne.replay.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.mnemosyne.replay.entity.Escapes;
import io.mnemosyne.replay.entity.Vocabulary;
import io.mnemosyne.replay.entity.Words;
import io.mnemosyne.replay.recording.CanonicalJson;
import io.mnemosyne.replay.recording.Characters;

/**
 * A text whose presence word for word matters: the content of an event or a string in the arguments of a call.
 *
 * @param forms the text as it is, and as a JSON literal shows it
 * @param length code points
 * @param event the first one that has it
 * @param anchors numbers of long words inside of it; a text without them is not searched
 */
record Passage(List<String> forms, int length, int event, List<Integer> anchors) {
    /** Shorter ones occur everywhere by chance, code points. */
    private static final int CHANCE = 20;
    /** A text this long in a prompt proves that its event was known, code points. */
    private static final int PROOF = 200;
    private static final int ANCHORS = 2;
    private static final Comparator<String> LONGEST_FIRST = Comparator.comparingInt(Characters::count).reversed()
            .thenComparing(Passage::compareCodePoints);

    /**
     * A passage whose anchors become part of the vocabulary.
     *
     * @param text without white space at its ends
     */
    static Passage of(String text, int event, Vocabulary vocabulary) {
        List<String> words = Words.of(Escapes.undo(text));
        Set<String> inner = words.size() < 3 ? Set.of() : new HashSet<>(words.subList(1, words.size() - 1));
        List<Integer> anchors = inner.stream().sorted(LONGEST_FIRST).limit(ANCHORS).map(vocabulary::add).toList();
        List<String> forms = Stream
                .of(text, unquoted(CanonicalJson.quote(text)), unquoted(CanonicalJson.quoteAscii(text)))
                .distinct().toList();
        return new Passage(forms, Characters.count(text), event, anchors);
    }

    static boolean isShort(String text) {
        return text.length() < CHANCE || Characters.count(text) < CHANCE;
    }

    boolean isShort() {
        return length < CHANCE;
    }

    boolean isProof() {
        return length >= PROOF;
    }

    boolean isIn(String text) {
        return forms.stream().anyMatch(text::contains);
    }

    private static String unquoted(String literal) {
        return literal.substring(1, literal.length() - 1);
    }

    private static int compareCodePoints(String a, String b) {
        int[] one = a.codePoints().toArray();
        int[] other = b.codePoints().toArray();
        return Arrays.compare(one, other);
    }
}
