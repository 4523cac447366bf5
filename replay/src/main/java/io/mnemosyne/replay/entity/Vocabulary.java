package io.mnemosyne.replay.entity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Numbers the words that will be looked for, so that reading a text makes no strings of all the others. */
public final class Vocabulary {
    private static final int FREE = -1;

    private final List<String> words = new ArrayList<>();
    private int[] table = empty(1 << 10);

    /** The number of a word, which becomes part of the vocabulary. */
    public int add(String word) {
        int slot = slot(word, 0, word.length());
        if (table[slot] == FREE) {
            table[slot] = words.size();
            words.add(word);
            if (words.size() * 2 > table.length) {
                grow();
            }
            return words.size() - 1;
        }
        return table[slot];
    }

    /** How many words there are; they are numbered from 0. */
    public int size() {
        return words.size();
    }

    /** The numbers of those words of a text that are part of the vocabulary. */
    public BitSet in(String text) {
        BitSet found = new BitSet(words.size());
        Words.visit(text, (from, to) -> {
            int word = table[slot(text, from, to)];
            if (word != FREE) {
                found.set(word);
            }
        });
        return found;
    }

    /** Where a word is, or would be. */
    private int slot(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        int slot = (hash ^ (hash >>> 15)) & (table.length - 1);
        while (table[slot] != FREE && !isWord(words.get(table[slot]), text, from, to)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private static boolean isWord(String word, String text, int from, int to) {
        return word.length() == to - from && text.startsWith(word, from);
    }

    private void grow() {
        table = empty(table.length * 4);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            table[slot(word, 0, word.length())] = i;
        }
    }

    private static int[] empty(int size) {
        int[] table = new int[size];
        Arrays.fill(table, FREE);
        return table;
    }
}
