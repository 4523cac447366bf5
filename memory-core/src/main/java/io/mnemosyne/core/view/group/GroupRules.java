package io.mnemosyne.core.view.group;

/**
 * When neighbouring objects are one unit.
 *
 * @param shift cosine of two neighbours below which a new topic begins
 * @param merge cosine of two neighbours of one type above which they are put together
 * @param everyTurns turns from one regrouping to the next, at least 1
 * @param splitAbove tokens above which a group is cut where a new topic begins in it
 */
public record GroupRules(double shift, double merge, int everyTurns, long splitAbove) {
    public static final GroupRules DEFAULT = new GroupRules(0.7, 0.8, 10, 5_000);

    /** @throws IllegalArgumentException if what is put together would be cut at once, or a number makes no sense */
    public GroupRules {
        if (!(shift >= -1 && shift <= merge && merge <= 1)) {
            throw new IllegalArgumentException(
                    "shift and merge are cosines, and shift is not above merge; were " + shift + " and " + merge);
        }
        if (everyTurns < 1 || splitAbove < 1) {
            throw new IllegalArgumentException(
                    "everyTurns and splitAbove must be at least 1, were " + everyTurns + " and " + splitAbove);
        }
    }
}
