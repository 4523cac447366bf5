package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.cost.CostRule;
import io.mnemosyne.core.view.ViewEvent.Reason;

/** When an epoch is opened, and what it shows. */
final class Rewriting {
    /**
     * Share of the ceiling from which on a shorter prompt is shown at once. It lies below the ceiling, so that the next
     * few turns do not push the view into it while the journal has the relief at hand.
     */
    static final double PRESSURE_LINE = 0.85;
    /** Share of the budget for what the user said in turns that a segment has passed. */
    private static final double USERS_SHARE = 0.08;

    /** Opens an epoch if the ceiling demands it or the cost rule says that it pays. */
    Decision<ViewState, ViewEffect> ifDue(ViewState state, Policy policy) {
        Policy own = state.policy(policy);
        return proposal(state, own).flatMap(next -> due(state, next, own).map(why -> open(state, next, why)))
                .orElseGet(() -> tighten(state, own));
    }

    /** Opens an epoch if there is anything new: the prompt has to be written to the cache anyway. */
    Decision<ViewState, ViewEffect> whileCold(ViewState state, Policy policy) {
        Policy own = state.policy(policy);
        return proposal(state, own).filter(next -> saved(state, next) >= 0 || !presses(state, next, own))
                .map(next -> open(state, next, Reason.CACHE_COLD)).orElseGet(() -> tighten(state, own));
    }

    /** Opens an epoch in any case: what the user asked for is seen at once. */
    Decision<ViewState, ViewEffect> afterEdit(ViewState state, Policy policy) {
        Policy own = state.policy(policy);
        return open(state, proposal(state, own).orElseGet(() -> same(state, own)), Reason.EDITED);
    }

    /**
     * Opens an epoch with the same memory under a smaller ceiling if the agent's model counts more than the budget of what
     * the present one lets through. Until then a smaller ceiling would change nothing.
     */
    private static Decision<ViewState, ViewEffect> tighten(ViewState state, Policy policy) {
        long ceiling = nextCeiling(state, policy);
        return ceiling < Calibrations.CAREFUL * state.shown().cutTo(policy) && state.tokensInView() > ceiling
                ? open(state, same(state, policy), Reason.CEILING)
                : Decision.unchanged(state);
    }

    private static long nextCeiling(ViewState state, Policy policy) {
        return state.calibrations().ceiling(policy).orElse(policy.budget());
    }

    private static Shown same(ViewState state, Policy policy) {
        return next(state, state.shown().segments(), state.shown().state(), policy);
    }

    private static Shown next(ViewState state, List<SegmentFacts> segments, StateFacts project, Policy policy) {
        long watermark = segments.isEmpty() ? -1 : segments.getLast().range().to();
        return new Shown(state.shown().epoch() + 1, segments, project, copies(state, watermark, policy),
                state.calibrations().ceiling(policy));
    }

    /** Everything available that rests on turns already read; empty if that is what is shown. */
    private static Optional<Shown> proposal(ViewState state, Policy policy) {
        List<SegmentFacts> segments = state.available().readable(state.turns().nextSeq());
        Shown next = next(state, segments, state.available().state(), policy);
        return next.watermark() < state.shown().watermark() || next.sameMemory(state.shown())
                ? Optional.empty()
                : Optional.of(next);
    }

    private static List<TurnSize> copies(ViewState state, long watermark, Policy policy) {
        return state.turns().copiesThrough(watermark, Math.round(USERS_SHARE * policy.budget()));
    }

    private static Optional<Reason> due(ViewState state, Shown next, Policy policy) {
        long saved = saved(state, next);
        if (saved > 0 && presses(state, state.shown(), policy)) {
            return Optional.of(Reason.CEILING);
        }
        if (state.providerFacts().full() && saved >= leastSaved(policy)) {
            return Optional.of(Reason.CEILING);
        }
        long rewritten = next.rewritten(state.shown(), state.turns());
        return CostRule.of(policy.cachePrices()).pays(saved, rewritten) ? Optional.of(Reason.PAYS) : Optional.empty();
    }

    /**
     * What a rewrite has to save to be worth it because of what the provider counted. An agent may add so much itself that
     * its prompts are always too large; then not every small gain is worth a cold cache.
     */
    private static long leastSaved(Policy policy) {
        return Math.max(1, policy.minBufferInterval() / 2);
    }

    private static long saved(ViewState state, Shown next) {
        return state.tokensInView() - next.tokens(state.turns());
    }

    private static boolean presses(ViewState state, Shown shown, Policy policy) {
        return shown.tokens(state.turns()) > PRESSURE_LINE
                * Math.min(nextCeiling(state, policy), state.shown().cutTo(policy));
    }

    private static Decision<ViewState, ViewEffect> open(ViewState state, Shown next, Reason reason) {
        ViewState opened = state.showing(next);
        List<ViewEffect> effects = new ArrayList<>();
        effects.add(new ViewEffect.Journal(new ViewEvent.EpochOpened(next.epoch(), state.turns().nextSeq() - 1, reason,
                next.watermark(), next.segmentIds(), next.state().version(), state.tokensInView(),
                opened.tokensInView(), List.of())));
        List<String> obsolete = state.shown().segmentIds().stream()
                .filter(id -> !state.available().holds(id) && !next.segmentIds().contains(id)).toList();
        if (!obsolete.isEmpty()) {
            effects.add(new ViewEffect.DropSegments(obsolete));
        }
        long previous = state.shown().state().version();
        if (previous > 0 && previous != next.state().version()) {
            effects.add(new ViewEffect.DropState(previous));
        }
        return Decision.of(opened, effects);
    }
}
