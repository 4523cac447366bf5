package io.mnemosyne.core.admit;

import io.mnemosyne.core.SemanticObject.Admission;

/**
 * Scores an object without a model: {@code 0.35 type prior + 0.25 novelty + 0.25 utility + 0.15 recency}. Some are turned
 * down by rule, whatever they score. Everything is stored either way.
 */
public final class Admissions {
    private static final double THRESHOLD = 0.4;
    private static final double TYPE_WEIGHT = 0.35;
    private static final double NOVELTY_WEIGHT = 0.25;
    private static final double UTILITY_WEIGHT = 0.25;
    private static final double RECENCY_WEIGHT = 0.15;
    /** A text shorter than this says little unless it is the user's, characters. */
    private static final int SHORT_TEXT = 60;

    private Admissions() {
    }

    /** The verdict on an object that was just cut, and is therefore as recent as can be. */
    public static Admission of(Candidate candidate) {
        double score = TYPE_WEIGHT * prior(candidate) + NOVELTY_WEIGHT * (candidate.seen() ? 0 : 1)
                + UTILITY_WEIGHT * utility(candidate) + RECENCY_WEIGHT;
        double rounded = Math.round(score * 1_000) / 1_000.0;
        if (candidate.seen()) {
            return new Admission(false, rounded, "duplicate content");
        }
        if (candidate.routine() && !candidate.error()) {
            return new Admission(false, rounded, "routine command");
        }
        if (candidate.procedural()) {
            return new Admission(false, rounded, "procedural reply");
        }
        return new Admission(rounded >= THRESHOLD, rounded, "score");
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

    private static double utility(Candidate candidate) {
        if (candidate.error() || candidate.fromUser()) {
            return 1.0;
        }
        if (candidate.namesFile()) {
            return 0.8;
        }
        return candidate.characters() < SHORT_TEXT ? 0.1 : 0.5;
    }
}
