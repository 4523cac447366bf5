package io.mnemosyne.replay.entity;

import java.util.ArrayList;
import java.util.List;

import io.mnemosyne.replay.recording.Characters;

/**
 * A name to look for. It occurs where its text stands and no longer word goes on at its ends.
 *
 * @param words numbers of its words in the vocabulary
 * @param bare whether it is one word and nothing else
 */
public record Entity(String text, List<Integer> words, boolean bare) {
    public Entity {
        words = List.copyOf(words);
    }

    /** An entity whose words become part of the vocabulary. */
    public static Entity of(String text, Vocabulary vocabulary) {
        List<String> words = Words.of(text);
        boolean bare = words.size() == 1 && words.getFirst().equals(text);
        return new Entity(text, words.stream().map(vocabulary::add).toList(), bare);
    }

    /** Whether it is in a text without escapes. */
    public boolean occursIn(String plain) {
        return !occurrences(plain, 1).isEmpty();
    }

    /** Offsets of its first occurrences in a text without escapes. */
    List<Integer> occurrences(String plain, int most) {
        List<Integer> offsets = new ArrayList<>();
        boolean wordFirst = Characters.isWord(text.codePointAt(0));
        boolean wordLast = Characters.isWord(text.codePointBefore(text.length()));
        int at = plain.indexOf(text);
        while (at >= 0 && offsets.size() < most) {
            int end = at + text.length();
            boolean begins = !wordFirst || at == 0 || !Characters.isWord(plain.codePointBefore(at));
            boolean ends = !wordLast || end == plain.length() || !Characters.isWord(plain.codePointAt(end));
            if (begins && ends) {
                offsets.add(at);
            }
            at = plain.indexOf(text, at + 1);
        }
        return offsets;
    }

    /** The text alone says which entity it is. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Entity entity && entity.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
