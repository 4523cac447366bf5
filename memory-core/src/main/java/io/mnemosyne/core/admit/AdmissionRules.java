package io.mnemosyne.core.admit;

import java.util.Set;

import io.mnemosyne.core.SemanticObject.Admission;

/**
 * By what objects are admitted. The weights add up to 1, so that a score is 0 to 1.
 *
 * @param threshold score from which on an object is admitted, 0 to 1
 * @param type weight of what the object is
 * @param novelty weight of how much of it was not seen before
 * @param utility weight of what a later turn could want of it
 * @param recency weight of how new it is: all objects are as new as can be when they are cut
 * @param off rules that turn nothing down
 */
public record AdmissionRules(double threshold, double type, double novelty, double utility, double recency,
        Set<Rule> off) {
    public static final AdmissionRules DEFAULT = new AdmissionRules(0.55, 0.35, 0.25, 0.25, 0.15, Set.of());
    private static final double ROUNDING = 1e-6;

    public AdmissionRules {
        off = Set.copyOf(off);
        if (threshold < 0 || threshold > 1) {
            throw new IllegalArgumentException("the threshold of admission must be 0 to 1, was " + threshold);
        }
        boolean negative = type < 0 || novelty < 0 || utility < 0 || recency < 0;
        if (negative || Math.abs(type + novelty + utility + recency - 1) > ROUNDING) {
            throw new IllegalArgumentException("the weights of admission must be at least 0 and add up to 1; type is "
                    + type + ", novelty " + novelty + ", utility " + utility + ", recency " + recency);
        }
    }

    /** The same rules with another threshold. */
    public AdmissionRules withThreshold(double other) {
        return new AdmissionRules(other, type, novelty, utility, recency, off);
    }

    /** Whether these rules admit what others gave a verdict on, as far as the threshold decides. */
    public boolean admits(Admission verdict, boolean fromUser) {
        return verdict.reason().equals(Admissions.BY_SCORE)
                ? fromUser || verdict.score() >= threshold
                : verdict.admitted();
    }

    boolean apply(Rule rule) {
        return !off.contains(rule);
    }

    /** What turns an object down whatever it scores. */
    public enum Rule {
        /** The thread has an object with the same text. */
        DUPLICATE("duplicate content"),
        /** A listing or a status command printed it. */
        ROUTINE("routine command"),
        /** It only says that something will be or was done. */
        PROCEDURAL("procedural reply");

        private final String reason;

        Rule(String reason) {
            this.reason = reason;
        }

        /** As it stands in a verdict. */
        public String reason() {
            return reason;
        }
    }
}
