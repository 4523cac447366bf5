package io.mnemosyne.context;

import java.util.List;
import java.util.stream.Stream;

import io.mnemosyne.core.fidelity.Fidelity;

/**
 * Where an object is found, and what became of it.
 *
 * @param seq of the turn that it was cut from
 * @param history oldest first, the newest {@value #MOST}
 */
public record ObjectRow(long seq, List<Entry> history) {
    private static final int MOST = 64;

    public ObjectRow {
        history = List.copyOf(history);
    }

    static ObjectRow at(long seq) {
        return new ObjectRow(seq, List.of());
    }

    ObjectRow and(Entry entry) {
        return new ObjectRow(seq, Stream.concat(history.stream().skip(Math.max(0, history.size() - MOST + 1)),
                Stream.of(entry)).toList());
    }

    /**
     * One thing that became of an object.
     *
     * @param atSeq the newest turn of its thread then
     * @param what in the words of the journal, for example {@code demoted}, {@code fault}, {@code restored}
     * @param cause why, in the words of the journal
     * @param shown how much of it is shown since then
     */
    public record Entry(long atSeq, String what, String cause, Fidelity shown) {
    }
}
