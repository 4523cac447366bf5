package io.mnemosyne.core.fidelity;

import io.mnemosyne.core.SemanticObject;

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
 * @param pinnedCalls idle calls after which a pin by a fault is forgotten
 * @param files how files age that were read
 * @param results how other results age
 * @param messages how the agent's texts age
 * @param summaries whether a model is asked for better texts than the mechanical excerpts
 */
public record FidelityRules(double caution, double warning, double critical, double emergency, long smallest,
        double withheld, int hops, int related, double workingSet, long pinnedCalls,
        Ageing files, Ageing results, Ageing messages, boolean summaries) {
    /** Fitted to 209 reads of 500 bytes and more in 112 recorded sessions, of which 108 were repeated. */
    private static final Ageing FILES = new Ageing(20, 60, 195, new ReuseCurve(0.57, 11));
    /** Fitted to 602 other calls, of which 182 were repeated. */
    private static final Ageing RESULTS = new Ageing(10, 60, 150, new ReuseCurve(0.46, 9));
    private static final Ageing MESSAGES = new Ageing(15, 60, 150, new ReuseCurve(0.46, 9));
    public static final FidelityRules DEFAULT = new FidelityRules(0.5, 0.7, 0.85, 0.95, 150, 0.04, 2, 3, 0.05, 60,
            FILES, RESULTS, MESSAGES, false);

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
                pinnedCalls, files, results, messages, asked);
    }

    public FidelityRules withRelated(int newRelated) {
        return new FidelityRules(caution, warning, critical, emergency, smallest, withheld, hops, newRelated,
                workingSet, pinnedCalls, files, results, messages, summaries);
    }

    /** How likely an object is used again, when the agent has made so many calls. */
    public double reuse(HeldObject object, long calls) {
        return ageing(object.type()).reuse().at(object.idle(calls));
    }

    /**
     * Whether a user or an agent wants an object in full, for good or for a while.
     *
     * @param calls that the agent has made
     */
    public boolean keeps(HeldObject object, long calls) {
        return object.state().kept() || (object.state().restored() && object.idle(calls) <= pinnedCalls);
    }

    /** How objects of a type age. */
    public Ageing ageing(SemanticObject.Type type) {
        return switch (type) {
            case FILE_CONTEXT -> files;
            case TOOL_RESULT, ERROR_CONTEXT -> results;
            case PLAN, DESIGN_DECISION, DEBUGGING_SESSION, CONVERSATION_PHASE -> messages;
        };
    }
}
