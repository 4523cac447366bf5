package io.mnemosyne.context;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.view.AppliedThrough;
import io.mnemosyne.core.view.Calibrations;
import io.mnemosyne.core.view.Totals;
import io.mnemosyne.core.view.ViewState;

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
 * @param segments live ones, shown or not
 */
public record ThreadHead(ThreadKey thread, long incarnation, long nextSeq, long watermark, long available, long epoch,
        AppliedThrough appliedThrough, Policy policy, long ceiling, Calibrations calibrations, long tokensInView,
        int segments, Totals totals) {

    static ThreadHead of(ThreadKey thread, ViewState state, Policy standard) {
        return new ThreadHead(thread, state.incarnation(), state.turns().nextSeq(), state.shown().watermark(),
                state.available().watermark(), state.shown().epoch(), state.appliedThrough(), state.policy(standard),
                state.ceiling(standard), state.calibrations(), state.tokensInView(),
                state.available().segments().size(), state.totals());
    }

    /** False for a thread that was deleted, or of which only records were read that added nothing. */
    public boolean hasTurns() {
        return nextSeq > 0;
    }
}
