package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.tokens.TokenFit;

/**
 * How the models of a thread count its prompts, as reports of usage tell.
 *
 * @param models the ones reported last, newest first
 * @param reports that were taken in all
 * @param refused reports that cannot be true of the prompt that there was
 */
public record Calibrations(List<Calibration> models, long reports, long refused) {
    public static final Calibrations NONE = new Calibrations(List.of(), 0, 0);
    /** As many as {@link io.mnemosyne.core.ProviderFacts} remembers. */
    private static final int MAX_MODELS = 4;
    /** Reports after which a model that none of them was of no longer counts. */
    private static final int LEFT_BEHIND = 32;
    /**
     * Part of its ceiling from which on a prompt may have been cut: day lines and joints are not in the count of a head. What
     * a cut leaves out only a reader knows.
     */
    private static final double MAYBE_CUT = 0.95;
    /**
     * Part of what a line leaves of the budget that is used. The rest is for the noise of reports, which is worth neither a
     * prompt over the budget nor a cold cache.
     */
    static final double CAREFUL = 0.98;

    public Calibrations {
        models = List.copyOf(models);
    }

    /**
     * With one more report.
     *
     * @param reported tokens of the whole prompt
     * @param uncut our tokens of the prompt before a ceiling cuts it
     * @param ceiling that cut it, our tokens
     */
    public Calibrations and(Optional<String> model, long reported, long uncut, long ceiling, Policy policy) {
        long ours = Math.min(uncut, ceiling);
        TokenFit before = models.stream().filter(known -> known.model().equals(model)).map(Calibration::fit)
                .findFirst().orElse(TokenFit.NONE);
        // Of a prompt that may have been cut it is known only that it was no longer than this.
        boolean tellsNothing = uncut > MAYBE_CUT * ceiling && reported > 0
                && reported <= before.line(maxOverhead(policy)).counted(ours);
        if (!tellsNothing && !TokenFit.isPlausible(ours, reported, maxOverhead(policy))) {
            return new Calibrations(models, reports, refused + 1);
        }
        List<Calibration> next = new ArrayList<>();
        next.add(new Calibration(model, tellsNothing ? before : before.and(ours, reported), reported, ours,
                reports + 1));
        models.stream().filter(known -> !known.model().equals(model)).limit(MAX_MODELS - 1).forEach(next::add);
        return new Calibrations(next, reports + 1, refused);
    }

    /**
     * The largest prompt, in our tokens, of which every model that the agent is using counts a little less than the budget:
     * from half of the budget to all of it. Empty as long as no model with enough reports would count more than the budget
     * of a prompt that is within it by our count.
     */
    OptionalLong ceiling(Policy policy) {
        return models.stream().filter(Calibration::isKnown).filter(model -> reports - model.at() < LEFT_BEHIND)
                .mapToLong(model -> model.fit().ours(policy.budget(), maxOverhead(policy)))
                .filter(most -> most < policy.budget())
                .map(most -> Math.max((long) (CAREFUL * most), policy.budget() / 2)).min();
    }

    /** What an agent adds itself is believed to take half of the window at most. */
    public static long maxOverhead(Policy policy) {
        return policy.window() / 2;
    }
}
