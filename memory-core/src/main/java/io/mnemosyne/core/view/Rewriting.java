package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.cost.CostRule;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.fidelity.Pressure;
import io.mnemosyne.core.view.ViewEvent.Reason;

/** When an epoch is opened, and what it shows. */
final class Rewriting {
    /** A rewrite that is forced has to relieve the view of this part of its ceiling, or the next turns force another one. */
    private static final double LEAST_RELIEF = 0.05;

    private final Plans plans = new Plans();

    /** Opens an epoch if the ceiling demands it or the cost rule says that it pays. */
    Decision<ViewState, ViewEffect> ifDue(ViewState state, Policy policy) {
        Policy own = state.policy(policy);
        Pressure pressure = pressure(state, own);
        Optional<Plan> memory = plans.memory(state, pressure, own);
        Optional<Reason> why = memory.flatMap(plan -> due(state, plan, own));
        if (why.isPresent()) {
            return open(state, memory.get(), why.get());
        }
        return relief(state, pressure, own).map(plan -> open(state, plan, Reason.CEILING))
                .or(() -> plans.paying(state, own).map(plan -> open(state, plan, Reason.PAYS)))
                .orElseGet(() -> tighten(state, own));
    }

    /** The agent made a call with the prompt as it was; what a rewrite would have saved of it adds up. */
    ViewState called(ViewState state, Policy policy) {
        Policy own = state.policy(policy);
        return state.carrying(Math.max(0, plans.memory(state, pressure(state, own), own)
                .map(plan -> saved(state, plan)).orElse(0L)));
    }

    /** Opens an epoch if there is anything new: the prompt has to be written to the cache anyway. */
    Decision<ViewState, ViewEffect> whileCold(ViewState state, Policy policy) {
        Policy own = state.policy(policy);
        return plans.any(state, pressure(state, own), own)
                .filter(next -> saved(state, next) >= 0 || !presses(state, next, own))
                .map(next -> open(state, next, Reason.CACHE_COLD)).orElseGet(() -> tighten(state, own));
    }

    /** Opens an epoch in any case: what the user asked for is seen at once. */
    Decision<ViewState, ViewEffect> afterEdit(ViewState state, Policy policy) {
        Policy own = state.policy(policy);
        return open(state, plans.any(state, pressure(state, own), own).orElseGet(() -> plans.same(state, own)),
                Reason.EDITED);
    }

    /**
     * Opens an epoch if what was just appended demands it: at the mildest zone that takes the view out of the critical one, or
     * else at the one that makes it smallest. Empty if that is still above the ceiling.
     */
    Optional<Decision<ViewState, ViewEffect>> afterAppending(ViewState state, Policy policy) {
        Policy own = state.policy(policy);
        if (state.tokensInView() <= ceiling(state, own)) {
            return Optional.of(ifDue(state, policy));
        }
        return mildest(state, own).filter(plan -> plan.tokens() <= ceiling(state, own))
                .map(plan -> open(state, plan, Reason.CEILING));
    }

    /** The least that the ceiling would have to hold, whatever were shown shorter, tokens. */
    long least(ViewState state, Policy policy) {
        return mildest(state, state.policy(policy)).map(Plan::tokens).orElse(state.tokensInView());
    }

    private Optional<Plan> mildest(ViewState state, Policy policy) {
        List<Plan> all = Stream.of(Pressure.values()).map(zone -> plans.any(state, zone, policy))
                .flatMap(Optional::stream).toList();
        return all.stream().filter(plan -> !presses(state, plan, policy)).findFirst()
                .or(() -> all.stream().min(Comparator.comparingLong(Plan::tokens)));
    }

    /**
     * Opens an epoch in any case, since the agent let objects go.
     *
     * @param released how much is shown of each from now on, by id
     * @param before tokens of the view with them
     */
    Decision<ViewState, ViewEffect> releasing(ViewState state, Map<String, Fidelity> released, long before,
            Policy policy) {
        Policy own = state.policy(policy);
        return open(state, before, plans.releasing(state, released, pressure(state, own), own), Reason.COOPERATIVE);
    }

    /**
     * Opens an epoch that shows all memory there is, and objects as much shorter as it takes to come under normal pressure. One
     * that would save too little is not opened: then memory that comes is shown at once instead.
     */
    Decision<ViewState, ViewEffect> compacting(ViewState state, Policy policy) {
        Policy own = state.policy(policy);
        List<Plan> all = Stream.of(Pressure.values())
                .filter(zone -> zone.compareTo(pressure(state, own)) >= 0)
                // New memory may be larger than what it stands for, as long as few turns are behind it.
                .flatMap(zone -> Stream.of(plans.any(state, zone, own), plans.graded(state, zone, own)))
                .flatMap(Optional::stream).filter(plan -> isRelief(state, plan, own)).toList();
        return all.stream().filter(plan -> plan.tokens() < own.fidelity().caution() * ceiling(state, own)).findFirst()
                .or(() -> all.stream().filter(plan -> !presses(state, plan, own)).findFirst())
                .or(() -> all.stream().min(Comparator.comparingLong(Plan::tokens)))
                .map(plan -> open(state, plan, Reason.COMPACT))
                .orElseGet(() -> Decision.unchanged(state.with(state.providerFacts().withFull(true))));
    }

    /** Else the next turns would ask for another one. */
    private static boolean isRelief(ViewState state, Plan plan, Policy policy) {
        long saved = saved(state, plan);
        return saved >= leastSaved(policy) && saved >= LEAST_RELIEF * ceiling(state, policy);
    }

    /**
     * Opens an epoch with the same memory under a smaller ceiling if the agent's model counts more than the budget of what
     * the present one lets through. Until then a smaller ceiling would change nothing.
     */
    private Decision<ViewState, ViewEffect> tighten(ViewState state, Policy policy) {
        long ceiling = Plans.nextCeiling(state, policy);
        return ceiling < Calibrations.CAREFUL * state.shown().cutTo(policy) && state.tokensInView() > ceiling
                ? open(state, plans.same(state, policy), Reason.CEILING)
                : Decision.unchanged(state);
    }

    /** Objects shown as much shorter as it takes to leave the critical zone. */
    private Optional<Plan> relief(ViewState state, Pressure pressure, Policy policy) {
        if (pressure.compareTo(Pressure.CRITICAL) < 0) {
            return Optional.empty();
        }
        return Stream.of(Pressure.values()).filter(zone -> zone.compareTo(pressure) >= 0)
                .map(zone -> plans.graded(state, zone, policy)).flatMap(Optional::stream)
                .filter(plan -> saved(state, plan) >= LEAST_RELIEF * ceiling(state, policy)).findFirst();
    }

    private static Optional<Reason> due(ViewState state, Plan next, Policy policy) {
        long saved = saved(state, next);
        if (saved > 0 && presses(state.tokensInView(), state, policy)) {
            return Optional.of(Reason.CEILING);
        }
        if (state.providerFacts().full() && saved >= leastSaved(policy)) {
            return Optional.of(Reason.CEILING);
        }
        CostRule rule = new CostRule(policy.cachePrices());
        return saved > 0 && rule.rent(state.carried()) > rule.rewriting(next.rewritten())
                ? Optional.of(Reason.PAYS)
                : Optional.empty();
    }

    /**
     * What a rewrite has to save to be worth it because of what the provider counted. An agent may add so much itself that
     * its prompts are always too large; then not every small gain is worth a cold cache.
     */
    private static long leastSaved(Policy policy) {
        return Math.max(1, policy.minBufferInterval() / 2);
    }

    private static long saved(ViewState state, Plan next) {
        return state.tokensInView() - next.tokens();
    }

    private static Pressure pressure(ViewState state, Policy policy) {
        return Pressure.of(state.tokensInView(), ceiling(state, policy), policy.fidelity());
    }

    private static long ceiling(ViewState state, Policy policy) {
        return Math.min(Plans.nextCeiling(state, policy), state.shown().cutTo(policy));
    }

    private static boolean presses(ViewState state, Plan next, Policy policy) {
        return presses(next.tokens(), state, policy);
    }

    /**
     * Whether a shorter prompt is to be shown at once. The line lies below the ceiling, so that the next few turns do not
     * push the view into it while the journal has the relief at hand.
     */
    private static boolean presses(long tokens, ViewState state, Policy policy) {
        return Pressure.of(tokens, ceiling(state, policy), policy.fidelity()).compareTo(Pressure.CRITICAL) >= 0;
    }

    private static Decision<ViewState, ViewEffect> open(ViewState state, Plan plan, Reason reason) {
        return open(state, state.tokensInView(), plan, reason);
    }

    private static Decision<ViewState, ViewEffect> open(ViewState state, long before, Plan plan, Reason reason) {
        ViewState opened = state.showing(plan);
        Shown next = plan.shown();
        List<ViewEffect> effects = new ArrayList<>();
        effects.add(new ViewEffect.Journal(new ViewEvent.EpochOpened(next.epoch(), state.turns().nextSeq() - 1, reason,
                next.watermark(), next.segmentIds(), next.state().version(), before,
                opened.tokensInView(), plan.changes())));
        List<String> obsolete = state.shown().segmentIds().stream()
                .filter(id -> !state.available().holds(id) && !next.segmentIds().contains(id)).toList();
        if (!obsolete.isEmpty()) {
            effects.add(new ViewEffect.DropSegments(obsolete));
        }
        long previous = state.shown().state().version();
        if (previous > 0 && previous != next.state().version()) {
            effects.add(new ViewEffect.DropState(previous));
        }
        List<String> forms = unneeded(state.held(), plan.held());
        if (!forms.isEmpty()) {
            effects.add(new ViewEffect.DropForms(forms));
        }
        return Decision.of(opened, effects);
    }

    /** Forms of objects that are held no more, and older revisions. */
    private static List<String> unneeded(HeldObjects before, HeldObjects after) {
        Set<String> needed = after.objects().stream().map(HeldObject::forms).collect(Collectors.toSet());
        return before.objects().stream().map(HeldObject::forms).filter(forms -> !needed.contains(forms)).toList();
    }
}
