package io.mnemosyne.context;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.view.AppliedThrough;
import io.mnemosyne.core.view.Calibrations;
import io.mnemosyne.core.view.Totals;
import io.mnemosyne.core.view.ViewState;
import io.mnemosyne.core.view.group.Groups;

/**
 * Where a thread stands.
 *
 * @param incarnation how often the thread was deleted before
 * @param nextSeq number of its turns
 * @param watermark seq up to which the shown segments cover the thread, -1 if none is shown
 * @param available seq up to which live segments cover it, shown or not
 * @param epoch number of rewrites of its prompt
 * @param appliedThrough the raw records that are in all of this
 * @param policy the one that holds for it
 * @param ceiling that cuts its prompt where a reader names none, tokens; the budget at most
 * @param calibrations how the agent's models count its prompts
 * @param tokensInView of its prompt, before a ceiling cuts it
 * @param cached tokens at its beginning that the provider's cache holds from the agent's newest call, if that was within
 *            the cache's life; none after a rewrite, a pause or a change of the model threw it away
 * @param segments live ones, shown or not
 * @param held objects that may be shown shorter, or are
 * @param groups which of the newest objects are one unit
 */
public record ThreadHead(ThreadKey thread, long incarnation, long nextSeq, long watermark, long available, long epoch,
        AppliedThrough appliedThrough, Policy policy, long ceiling, Calibrations calibrations, long tokensInView,
        long cached,
        int segments, HeldObjects held, Groups groups, Totals totals) {

    static ThreadHead of(ThreadKey thread, ViewState state, Policy standard) {
        return new ThreadHead(thread, state.incarnation(), state.turns().nextSeq(), state.shown().watermark(),
                state.available().watermark(), state.shown().epoch(), state.appliedThrough(), state.policy(standard),
                state.ceiling(standard), state.calibrations(), state.tokensInView(),
                Math.min(state.cached(), state.tokensInView()), state.available().segments().size(), state.held(),
                state.groups().orElse(Groups.NONE), state.totals());
    }

    /** False for a thread that was deleted, or of which only records were read that added nothing. */
    public boolean hasTurns() {
        return nextSeq > 0;
    }
}
