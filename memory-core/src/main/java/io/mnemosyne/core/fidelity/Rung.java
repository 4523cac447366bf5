package io.mnemosyne.core.fidelity;

import io.mnemosyne.core.SemanticObject;

/**
 * How long the text of a fidelity may be. Files are read to be worked on, so more of them is kept: in a replay of 15 long
 * sessions half of a file and a quarter of another result kept long-range support in context above 0.87, a quarter of both
 * did not. With less room for losses than this, fewer than nine in ten names that are used later are named to the letter or
 * by how they begin.
 *
 * @param ofFile part of the tokens of a file's text
 * @param ofOther part of the tokens of any other text
 * @param most tokens, whatever the text
 * @param losses tokens for what the text lacks, on top
 */
record Rung(double ofFile, double ofOther, int most, int losses) {
    static final Rung DETAILED = new Rung(0.5, 0.25, 1_800, 150);
    static final Rung COMPACT = new Rung(0.15, 0.08, 450, 200);

    static Rung of(Fidelity fidelity) {
        return switch (fidelity) {
            case DETAILED -> DETAILED;
            case COMPACT -> COMPACT;
            case FULL, STUB, EVICTED -> throw new IllegalArgumentException(
                    "only detailed and compact forms are summaries, not " + fidelity);
        };
    }

    /** The most tokens of an object's text. */
    long tokens(SemanticObject object) {
        double part = object.type() == SemanticObject.Type.FILE_CONTEXT ? ofFile : ofOther;
        return (long) Math.min(most, Math.ceil(object.tokens() * part));
    }
}
