package io.mnemosyne.core.view;

import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.PolicyChange;
import io.mnemosyne.core.ProviderFacts;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.view.group.Groups;

/**
 * The head of a thread: small, since it is written with every record.
 *
 * @param changedPolicy what commands changed of the policy
 * @param openEdits edits of the memory that no project state has answered yet
 * @param provider what is known of the agent's provider
 * @param calibrated what is known of how its models count
 * @param objects what may be shown shorter, or is
 * @param asked the summary that is waited for
 * @param groups which objects are one unit
 * @param carried tokens that a rewrite would have saved, summed over the agent's calls since the newest epoch
 * @param cached tokens at the beginning of the prompt that the agent's newest call sent as they are
 * @param warned that a window was nearly full, newest time
 */
public record ViewState(long incarnation, AppliedThrough appliedThrough, Optional<PolicyChange> changedPolicy,
        ReadTurns turns, Available available, Shown shown, Totals totals, int openEdits,
        Optional<ProviderFacts> provider, Optional<Calibrations> calibrated, Optional<HeldObjects> objects,
        Optional<Asked> asked, Optional<Groups> groups, long carried, long cached, Optional<Warned> warned) {

    /** A thread of which nothing was read yet. */
    public static final ViewState EMPTY = new ViewState(0, AppliedThrough.NOTHING, Optional.empty(), ReadTurns.NONE,
            Available.NOTHING, Shown.NOTHING, Totals.NONE, 0, Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), 0, 0, Optional.empty());

    /** Tokens of the prompt, before a ceiling cuts it. */
    public long tokensInView() {
        return shown.tokens(turns);
    }

    /** The policy that holds for this thread. */
    public Policy policy(Policy standard) {
        return changedPolicy.map(change -> change.of(standard)).orElse(standard);
    }

    /**
     * What the prompt is cut to, in our tokens: the budget, or less where reports have shown that the agent's model counts
     * more. It stays the same within an epoch.
     */
    public long ceiling(Policy standard) {
        return shown.cutTo(policy(standard));
    }

    /** How the models of the thread count. */
    public Calibrations calibrations() {
        return calibrated.orElse(Calibrations.NONE);
    }

    ViewState reborn(long newIncarnation) {
        return new ViewState(newIncarnation, appliedThrough, Optional.empty(), ReadTurns.NONE, Available.NOTHING,
                Shown.NOTHING, Totals.NONE, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), 0, 0, Optional.empty());
    }

    ViewState with(AppliedThrough applied) {
        return new ViewState(incarnation, applied, changedPolicy, turns, available, shown, totals, openEdits, provider,
                calibrated, objects, asked, groups, carried, cached, warned);
    }

    ViewState changedBy(Command command) {
        PolicyChange changed = changedPolicy.orElse(PolicyChange.NONE).and(command.arguments());
        return new ViewState(incarnation, appliedThrough, Optional.of(changed), turns, available, shown, totals,
                openEdits, provider,
                calibrated, objects, asked, groups, carried, cached, warned);
    }

    ViewState with(ReadTurns read, Totals counted) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, read, available, shown, counted, openEdits,
                provider, calibrated, objects, asked, groups, carried, cached, warned);
    }

    ViewState with(Available folded, Totals counted) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, folded, shown, counted, openEdits,
                provider, calibrated, objects, asked, groups, carried, cached, warned);
    }

    ViewState withOpenEdits(int open) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, open,
                provider, calibrated, objects, asked, groups, carried, cached, warned);
    }

    ProviderFacts providerFacts() {
        return provider.orElse(ProviderFacts.NONE);
    }

    ViewState with(ProviderFacts facts) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, openEdits,
                Optional.of(facts), calibrated, objects, asked, groups, carried, cached, warned);
    }

    ViewState with(Calibrations newer) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, openEdits,
                provider, Optional.of(newer), objects, asked, groups, carried, cached, warned);
    }

    /** What may be shown shorter, or is. */
    public HeldObjects held() {
        return objects.orElse(HeldObjects.NONE);
    }

    ViewState with(HeldObjects next) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, openEdits,
                provider, calibrated, Optional.of(next), asked, groups, carried, cached, warned);
    }

    ViewState with(Shown next) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, next, totals, openEdits,
                provider, calibrated, objects, asked, groups, carried, cached, warned);
    }

    ViewState carrying(long tokens) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, openEdits,
                provider, calibrated, objects, asked, groups, carried + tokens, cached, warned);
    }

    ViewState waitingFor(Optional<Asked> next) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, openEdits,
                provider, calibrated, objects, next, groups, carried, cached, warned);
    }

    ViewState with(Groups next) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, openEdits,
                provider, calibrated, objects, asked, Optional.of(next), carried, cached, warned);
    }

    /** Which objects are one unit. */
    Groups grouped() {
        return groups.orElse(Groups.NONE);
    }

    /** The provider's cache holds so much of the prompt. */
    ViewState caching(long tokens) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, openEdits,
                provider, calibrated, objects, asked, groups, carried, tokens, warned);
    }

    ViewState with(Warned next) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, openEdits,
                provider, calibrated, objects, asked, groups, carried, cached, Optional.of(next));
    }

    /** An epoch is opened; whether that was enough for the provider, its next report tells. */
    ViewState showing(Plan next) {
        return new ViewState(incarnation, appliedThrough, changedPolicy,
                next.turns().coveredThrough(next.shown().watermark()), available, next.shown(), totals, openEdits,
                provider.map(facts -> facts.withFull(false)), calibrated, Optional.of(next.held()), asked, groups, 0,
                Math.min(cached, next.tokens() - next.rewritten()), warned);
    }
}
