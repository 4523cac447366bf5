package io.mnemosyne.replay.measure;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.mnemosyne.replay.entity.Escapes;
import io.mnemosyne.replay.recording.Characters;

/** A distinct text of a run. It is in memory while it is in the prompt; what is known about it stays. */
final class BlockText {
    private final int number;
    private final Supplier<String> source;
    private final int length;
    private final BitSet words;
    private final List<Integer> passages;
    private Optional<String> text;
    private Optional<String> plain = Optional.empty();

    /**
     * A text that is in memory.
     *
     * @param number its place among the texts of its session, from 0
     * @param source gives the text again after it was dropped
     * @param words of the vocabulary that it contains
     * @param passages that it contains, without short ones
     */
    BlockText(int number, String text, Supplier<String> source, BitSet words, List<Integer> passages) {
        this.number = number;
        this.source = source;
        this.length = Characters.count(text);
        this.words = words;
        this.passages = passages;
        this.text = Optional.of(text);
    }

    int number() {
        return number;
    }

    /** Code points. */
    int length() {
        return length;
    }

    BitSet words() {
        return words;
    }

    List<Integer> passages() {
        return passages;
    }

    String text() {
        if (text.isEmpty()) {
            text = Optional.of(source.get());
        }
        return text.get();
    }

    /** The text with its escapes undone. */
    String plain() {
        if (plain.isEmpty()) {
            plain = Optional.of(Escapes.undo(text()));
        }
        return plain.get();
    }

    /** Gives its memory back until it is asked for again. */
    void drop() {
        text = Optional.empty();
        plain = Optional.empty();
    }
}
