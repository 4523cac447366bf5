package io.mnemosyne.core.fidelity;

/** A name that an object has, and what speaks for its importance. */
final class Name {
    /** What a name looks like, the most telling first. */
    enum Kind {
        PATH,
        IDENTIFIER,
        NUMBER,
        QUOTED
    }

    private final String text;
    private final Kind kind;
    private final int firstPiece;
    private int count;
    private boolean alone;

    Name(String text, Kind kind, int firstPiece) {
        this.text = text;
        this.kind = kind;
        this.firstPiece = firstPiece;
    }

    void seen(boolean outsideOfOthers) {
        count++;
        alone |= outsideOfOthers;
    }

    String text() {
        return text;
    }

    Kind kind() {
        return kind;
    }

    /** The piece in which it comes first. */
    int firstPiece() {
        return firstPiece;
    }

    /** How often it occurs. */
    int count() {
        return count;
    }

    /** Whether it stands somewhere by itself, and not only as a part of longer names. */
    boolean isAlone() {
        return alone;
    }
}
