package io.mnemosyne.core.fidelity;

/**
 * How objects of a kind age: after how many calls of the agent without being used less of them is shown.
 *
 * @param detailed calls after which one is shown in detail, no more in full
 * @param compact calls after which it is shown compact
 * @param stub calls after which it is shown as a stub
 * @param reuse how likely it is used again
 */
public record Ageing(long detailed, long compact, long stub, ReuseCurve reuse) {
    public Ageing {
        if (detailed < 1 || compact < detailed || stub < compact) {
            throw new IllegalArgumentException("objects age in order, after at least one call, not after " + detailed
                    + ", " + compact + " and " + stub);
        }
    }

    /** What should be shown after some idle calls. */
    public Fidelity after(double idle) {
        if (idle >= stub) {
            return Fidelity.STUB;
        }
        if (idle >= compact) {
            return Fidelity.COMPACT;
        }
        return idle >= detailed ? Fidelity.DETAILED : Fidelity.FULL;
    }

    /** Idle calls from which on no more than this should be shown. */
    public long until(Fidelity fidelity) {
        return switch (fidelity) {
            case FULL -> 0;
            case DETAILED -> detailed;
            case COMPACT -> compact;
            case STUB, EVICTED -> stub;
        };
    }
}
