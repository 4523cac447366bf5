package io.mnemosyne.core.fidelity;

/** How much of an object is shown, from all of it to nothing. */
public enum Fidelity {
    /** L0: the text itself. */
    FULL(0),
    /** L1: a detailed summary. */
    DETAILED(1),
    /** L2: a compact summary. */
    COMPACT(2),
    /** L3: one line that names the object, and what is lost. */
    STUB(3),
    /** L4: nothing but the id by which it can be had back. */
    EVICTED(4);

    private final int level;

    Fidelity(int level) {
        this.level = level;
    }

    /** 0 for the full text to 4 for nothing. */
    public int level() {
        return level;
    }

    /**
     * The fidelity of a level.
     *
     * @param level 0 to 4
     * @throws IllegalArgumentException for any other level
     */
    public static Fidelity of(int level) {
        if (level < 0 || level >= values().length) {
            throw new IllegalArgumentException("a level of fidelity is 0 to 4, not " + level);
        }
        return values()[level];
    }

    /** Whether less is shown than at another fidelity. */
    public boolean isBelow(Fidelity other) {
        return compareTo(other) > 0;
    }
}
