package io.mnemosyne.core.view;

import java.util.List;

import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ReportedUsage;

/**
 * Asks for a compaction when a window is nearly full, once in each epoch. What is counted after that before the agent has
 * answered again is of the same prompt, whatever epoch has begun by then.
 */
final class BudgetWatch {
    /** Counter: a window was nearly full, and a compaction was asked for. */
    static final String ASKED = "compaction.asked";

    private BudgetWatch() {
    }

    /** What the provider counted of the agent's window. */
    static Decision<ViewState, ViewEffect> reported(ViewState state, ReportedUsage usage, Policy own) {
        return of(state, usage.inputTokens(), own.window(), own);
    }

    /**
     * What is in view, before it is cut, of what the view may take. That is the window of an assembled context: it never
     * reaches the agent's where the budget is only a part of it.
     */
    static Decision<ViewState, ViewEffect> assembled(ViewState state, Policy standard) {
        return of(state, state.tokensInView(), state.ceiling(standard), state.policy(standard));
    }

    /** The agent has answered. */
    static ViewState answered(ViewState state) {
        return state.warned().filter(before -> !before.answered())
                .map(before -> state.with(new Warned(before.epoch(), true))).orElse(state);
    }

    private static Decision<ViewState, ViewEffect> of(ViewState state, long tokens, long window, Policy own) {
        long epoch = state.shown().epoch();
        boolean told = state.warned().filter(before -> before.epoch() == epoch || !before.answered()).isPresent();
        if (told || !own.isNearlyFull(tokens, window)) {
            return Decision.unchanged(state);
        }
        return Decision.<ViewState, ViewEffect>of(state.with(new Warned(epoch, false)),
                List.of(new ViewEffect.Compact(Compaction.of(epoch, tokens, window)))).count(ASKED);
    }
}
