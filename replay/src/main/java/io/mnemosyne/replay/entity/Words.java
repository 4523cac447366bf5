package io.mnemosyne.replay.entity;

import java.util.ArrayList;
import java.util.List;

import io.mnemosyne.replay.recording.Characters;

/** The longest runs of word characters in a text. */
public final class Words {
    private Words() {
    }

    /** Is told where each word begins and where it ends, the latter exclusive. */
    @FunctionalInterface
    public interface Visitor {
        void word(int from, int to);
    }

    /** Visits the words of a text in their order. */
    public static void visit(String text, Visitor visitor) {
        int i = 0;
        while (i < text.length()) {
            int end = end(text, i);
            if (end > i) {
                visitor.word(i, end);
                i = end;
            } else {
                i += Character.charCount(text.codePointAt(i));
            }
        }
    }

    /** The words of a text in their order, repeated ones too. */
    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        visit(text, (from, to) -> words.add(text.substring(from, to)));
        return words;
    }

    /** Where the word that begins at an offset ends; the offset itself if none begins there. */
    static int end(String text, int from) {
        int i = from;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (!Characters.isWord(codePoint)) {
                return i;
            }
            i += Character.charCount(codePoint);
        }
        return i;
    }
}
