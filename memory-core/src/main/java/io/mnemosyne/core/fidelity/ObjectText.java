package io.mnemosyne.core.fidelity;

import java.util.BitSet;

import io.mnemosyne.core.text.ErrorLine;

/**
 * The text of an object, read once for all its forms.
 *
 * @param errors pieces that say what went wrong
 */
record ObjectText(String text, Pieces pieces, ObjectNames names, Ranked ranked, BitSet errors) {

    /** @param failed whether the object tells of a failure; then less has to be said for a line to be about it */
    static ObjectText of(String text, boolean failed) {
        Pieces pieces = Pieces.of(text);
        ObjectNames names = ObjectNames.of(text, pieces);
        BitSet errors = new BitSet();
        int least = failed ? 1 : ErrorLine.CERTAIN;
        for (int i = 0; i < pieces.size(); i++) {
            if (ErrorLine.rank(pieces.get(i).strip()) >= least) {
                errors.set(i);
            }
        }
        return new ObjectText(text, pieces, names, Ranked.of(text, pieces, names), errors);
    }
}
