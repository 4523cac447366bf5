package io.mnemosyne.core.fidelity;

/** How near a view is to its ceiling. */
public enum Pressure {
    NORMAL,
    CAUTION,
    WARNING,
    CRITICAL,
    EMERGENCY;

    /**
     * The zone of a view.
     *
     * @param tokens of the view
     * @param ceiling tokens, at least 1
     */
    public static Pressure of(long tokens, long ceiling, FidelityRules rules) {
        double part = (double) tokens / ceiling;
        if (part > rules.emergency()) {
            return EMERGENCY;
        }
        if (part > rules.critical()) {
            return CRITICAL;
        }
        if (part > rules.warning()) {
            return WARNING;
        }
        return part > rules.caution() ? CAUTION : NORMAL;
    }
}
