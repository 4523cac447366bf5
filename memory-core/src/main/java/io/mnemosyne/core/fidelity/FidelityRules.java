package io.mnemosyne.core.fidelity;

/**
 * When objects are shown shorter, and what is shown again.
 *
 * @param caution part of the budget from which on the view is under caution, 0 to 1; the other lines are above it in order
 * @param warning part of the budget from which on objects become compact
 * @param critical part of the budget from which on objects become stubs at once
 * @param emergency part of the budget from which on objects are evicted
 * @param smallest objects with fewer tokens are always shown in full, since a stub would hardly be shorter
 * @param withheld part of the budget above which a result is shown shorter from its first moment on
 * @param hops how far co-fidelity reaches along relations
 * @param related how many related objects come along when one is shown again, 0 for none
 * @param workingSet part of the budget for objects that are carried beside the memory of their turns
 * @param summaries whether a model is asked for better texts than the mechanical excerpts
 */
public record FidelityRules(double caution, double warning, double critical, double emergency, long smallest,
        double withheld, int hops, int related, double workingSet, boolean summaries) {
    public static final FidelityRules DEFAULT = new FidelityRules(0.5, 0.7, 0.85, 0.95, 150, 0.08, 2, 3, 0.1, false);

    public FidelityRules {
        if (caution <= 0 || warning < caution || critical < warning || emergency < critical || emergency > 1) {
            throw new IllegalArgumentException("the lines of pressure must rise from above 0 to 1, were " + caution
                    + ", " + warning + ", " + critical + ", " + emergency);
        }
        if (smallest < 1 || withheld <= 0 || hops < 0 || related < 0 || workingSet < 0 || workingSet > 1) {
            throw new IllegalArgumentException("smallest and withheld must be above 0, hops, related and workingSet at"
                    + " least 0, workingSet at most 1; were " + smallest + ", " + withheld + ", " + hops + ", "
                    + related + ", " + workingSet);
        }
    }

    public FidelityRules withSummaries(boolean asked) {
        return new FidelityRules(caution, warning, critical, emergency, smallest, withheld, hops, related, workingSet,
                asked);
    }

    public FidelityRules withRelated(int newRelated) {
        return new FidelityRules(caution, warning, critical, emergency, smallest, withheld, hops, newRelated,
                workingSet, summaries);
    }
}
