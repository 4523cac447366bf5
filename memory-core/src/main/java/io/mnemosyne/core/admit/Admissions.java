package io.mnemosyne.core.admit;

import java.util.Optional;

import io.mnemosyne.core.SemanticObject.Admission;
import io.mnemosyne.core.admit.AdmissionRules.Rule;

/**
 * Scores an object without a model: weighted type prior, novelty, utility and recency. Some are turned down by rule,
 * whatever they score, and what a user says never is. Everything is stored either way.
 */
public final class Admissions {
    /** Why an object was admitted or turned down where no rule decided. */
    public static final String BY_SCORE = "score";
    /** A text shorter than this says little, characters. */
    private static final int SHORT_TEXT = 60;
    /** Share of a text that must be new for it to count as new at all. */
    private static final double LEAST_NOVELTY = 0.2;

    private Admissions() {
    }

    /** The verdict on an object that was just cut, and is therefore as recent as can be. */
    public static Admission of(Candidate candidate, AdmissionRules rules) {
        double score = rules.type() * prior(candidate) + rules.novelty() * novelty(candidate)
                + rules.utility() * utility(candidate) + rules.recency();
        double rounded = Math.round(score * 1_000) / 1_000.0;
        return broken(candidate).filter(rules::apply).map(rule -> new Admission(false, rounded, rule.reason()))
                .orElseGet(() -> scored(rounded, candidate, rules));
    }

    private static Admission scored(double score, Candidate candidate, AdmissionRules rules) {
        Admission open = new Admission(true, score, BY_SCORE);
        return new Admission(rules.admits(open, candidate.fromUser()), score, BY_SCORE);
    }

    private static Optional<Rule> broken(Candidate candidate) {
        if (candidate.fromUser()) {
            return Optional.empty();
        }
        if (candidate.duplicate()) {
            return Optional.of(Rule.DUPLICATE);
        }
        if (candidate.routine() && !candidate.error()) {
            return Optional.of(Rule.ROUTINE);
        }
        return candidate.procedural() ? Optional.of(Rule.PROCEDURAL) : Optional.empty();
    }

    private static double prior(Candidate candidate) {
        return switch (candidate.type()) {
            case DESIGN_DECISION, ERROR_CONTEXT -> 1.0;
            case PLAN -> 0.9;
            case FILE_CONTEXT, DEBUGGING_SESSION -> 0.8;
            case TOOL_RESULT -> 0.4;
            case CONVERSATION_PHASE -> 0.3;
        };
    }

    private static double novelty(Candidate candidate) {
        return candidate.duplicate() || candidate.novelty() < LEAST_NOVELTY ? 0 : candidate.novelty();
    }

    private static double utility(Candidate candidate) {
        if (candidate.error() || candidate.fromUser()) {
            return 1.0;
        }
        if (candidate.namesFile() && !candidate.confirms()) {
            return 0.8;
        }
        return candidate.confirms() || candidate.characters() < SHORT_TEXT ? 0.1 : 0.5;
    }
}
