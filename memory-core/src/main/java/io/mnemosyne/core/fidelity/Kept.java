package io.mnemosyne.core.fidelity;

import java.util.BitSet;

/** The pieces of an object that an excerpt keeps, and the text that they make. */
final class Kept {
    /** An object begins by saying what it is. */
    private static final int HEAD = 2;
    /** What follows is mostly the same again. */
    private static final int MOST_ERRORS = 8;
    /** A gap of fewer characters is as short as the mark that would stand in it. */
    private static final int SMALL_GAP = 24;

    /** Part of the room that is spared for the lines before and after those that are kept for their names. */
    private static final double CONTEXT = 0.2;

    private final ObjectText object;
    private final BitSet pieces = new BitSet();
    private int room;

    private Kept(ObjectText object, int room) {
        this.object = object;
        this.room = room;
    }

    /**
     * Chooses.
     *
     * @param room characters; the marks come on top
     */
    static Kept of(ObjectText object, int room) {
        Kept kept = new Kept(object, room);
        kept.takeEnds();
        kept.takeErrors();
        kept.takeWorthiest((int) (kept.room * CONTEXT));
        kept.takeContext();
        kept.fill();
        kept.closeGaps();
        return kept;
    }

    /** The kept pieces in their order, with a mark for what is left out between them. */
    String text() {
        Pieces all = object.pieces();
        StringBuilder shown = new StringBuilder();
        int next = 0;
        for (int i = pieces.nextSetBit(0); i >= 0; i = pieces.nextSetBit(i + 1)) {
            if (i > next) {
                mark(shown, next, i);
            }
            if (i > 0 && !(all.continues(i) && next == i)) {
                shown.append('\n');
            }
            shown.append(object.text(), all.start(i), all.end(i));
            next = i + 1;
        }
        if (next < all.size()) {
            mark(shown, next, all.size());
        }
        return shown.toString();
    }

    boolean isWhole() {
        return pieces.cardinality() == object.pieces().size();
    }

    private void mark(StringBuilder shown, int from, int to) {
        Pieces all = object.pieces();
        int lines = 0;
        boolean alike = from > 0;
        for (int i = from; i < to; i++) {
            lines += all.continues(i) ? 0 : 1;
            alike &= from > 0 && object.ranked().areAlike(from - 1, i);
        }
        if (from > 0) {
            shown.append('\n');
        }
        if (lines == 0) {
            shown.append("… ").append(all.end(to - 1) - all.start(from)).append(" characters left out");
        } else {
            shown.append("… ").append(lines).append(lines == 1 ? " line" : " lines")
                    .append(alike ? " like it left out" : " left out");
        }
    }

    private void takeEnds() {
        int taken = 0;
        for (int i = 0; i < object.pieces().size() && taken < HEAD; i++) {
            if (!object.pieces().isBlank(i)) {
                taken += take(i) ? 1 : HEAD;
            }
        }
        int last = object.pieces().size() - 1;
        while (last > 0 && object.pieces().isBlank(last)) {
            last--;
        }
        take(last);
    }

    private void takeErrors() {
        BitSet errors = object.errors();
        int taken = 0;
        for (int i = errors.nextSetBit(0); i >= 0 && taken < MOST_ERRORS; i = errors.nextSetBit(i + 1)) {
            taken += take(i) ? 1 : 0;
        }
    }

    private void takeWorthiest(int spared) {
        room -= spared;
        for (int piece : object.ranked().order()) {
            if (room <= 0) {
                break;
            }
            take(piece);
        }
        room += spared;
    }

    /** A line says more beside its neighbours. */
    private void takeContext() {
        for (int piece : object.ranked().order()) {
            if (room <= 0) {
                break;
            }
            if (pieces.get(piece)) {
                take(piece - 1);
                take(piece + 1);
            }
        }
    }

    /** What has no names is told from its beginning on. */
    private void fill() {
        for (int i = 0; i < object.pieces().size() && room > SMALL_GAP; i++) {
            take(i);
        }
    }

    private void closeGaps() {
        int from = pieces.nextClearBit(0);
        while (from < object.pieces().size()) {
            int to = pieces.nextSetBit(from);
            if (to < 0) {
                to = object.pieces().size();
            }
            if (object.pieces().end(to - 1) - object.pieces().start(from) < SMALL_GAP) {
                pieces.set(from, to);
            }
            from = pieces.nextClearBit(to);
        }
    }

    private boolean take(int piece) {
        if (piece < 0 || piece >= object.pieces().size() || pieces.get(piece)) {
            return false;
        }
        int cost = object.pieces().length(piece) + 1;
        if (cost > room) {
            return false;
        }
        pieces.set(piece);
        room -= cost;
        return true;
    }
}
