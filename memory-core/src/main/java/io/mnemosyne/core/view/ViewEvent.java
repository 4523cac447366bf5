package io.mnemosyne.core.view;

import java.util.List;

/** One entry of the journal of a thread's view. */
public sealed interface ViewEvent {

    /**
     * The prompt was rewritten.
     *
     * @param epoch from 1; a thread begins in epoch 0, which shows nothing but its turns
     * @param atSeq the newest turn when it was opened
     * @param watermark seq up to which the shown segments cover the thread, -1 if none is shown
     * @param segments ids of the shown segments, oldest first
     * @param stateVersion version of the shown project state, 0 if none
     * @param tokensBefore of the view just before
     * @param tokensAfter of the view just after
     */
    record EpochOpened(long epoch, long atSeq, Reason reason, long watermark, List<String> segments, long stateVersion,
            long tokensBefore, long tokensAfter) implements ViewEvent {
        public EpochOpened {
            segments = List.copyOf(segments);
        }
    }

    /** Why an epoch was opened. */
    enum Reason {
        /**
         * The view neared its ceiling, or the whole prompt, as its provider counted it, that of the window; or the ceiling
         * itself had to come down, since the agent's model counts more than the budget of what it let through.
         */
        CEILING,
        /** The provider's cache had expired or belonged to another model, so that a rewrite cost nothing extra. */
        CACHE_COLD,
        /** A user edited the memory or changed the policy. */
        EDITED,
        /** What the rewrite saves is more than what it costs. */
        PAYS
    }
}
