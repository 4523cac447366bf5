package io.mnemosyne.core.view;

import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.PolicyChange;
import io.mnemosyne.core.ProviderFacts;

/**
 * The head of a thread: small, since it is written with every record.
 *
 * @param changedPolicy what commands changed of the policy
 * @param openEdits edits of the memory that no project state has answered yet
 * @param provider what is known of the agent's provider
 * @param calibrated what is known of how its models count
 */
public record ViewState(long incarnation, AppliedThrough appliedThrough, Optional<PolicyChange> changedPolicy,
        ReadTurns turns, Available available, Shown shown, Totals totals, int openEdits,
        Optional<ProviderFacts> provider, Optional<Calibrations> calibrated) {

    /** A thread of which nothing was read yet. */
    public static final ViewState EMPTY = new ViewState(0, AppliedThrough.NOTHING, Optional.empty(), ReadTurns.NONE,
            Available.NOTHING, Shown.NOTHING, Totals.NONE, 0, Optional.empty(), Optional.empty());

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
                Shown.NOTHING, Totals.NONE, 0, Optional.empty(), Optional.empty());
    }

    ViewState with(AppliedThrough applied) {
        return new ViewState(incarnation, applied, changedPolicy, turns, available, shown, totals, openEdits, provider,
                calibrated);
    }

    ViewState changedBy(Command command) {
        PolicyChange changed = changedPolicy.orElse(PolicyChange.NONE).and(command.arguments());
        return new ViewState(incarnation, appliedThrough, Optional.of(changed), turns, available, shown, totals,
                openEdits, provider,
                calibrated);
    }

    ViewState with(ReadTurns read, Totals counted) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, read, available, shown, counted, openEdits,
                provider, calibrated);
    }

    ViewState with(Available folded, Totals counted) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, folded, shown, counted, openEdits,
                provider, calibrated);
    }

    ViewState withOpenEdits(int open) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, open,
                provider, calibrated);
    }

    ProviderFacts providerFacts() {
        return provider.orElse(ProviderFacts.NONE);
    }

    ViewState with(ProviderFacts facts) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, openEdits,
                Optional.of(facts), calibrated);
    }

    ViewState with(Calibrations newer) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns, available, shown, totals, openEdits,
                provider, Optional.of(newer));
    }

    /** An epoch is opened; whether that was enough for the provider, its next report tells. */
    ViewState showing(Shown next) {
        return new ViewState(incarnation, appliedThrough, changedPolicy, turns.coveredThrough(next.watermark()),
                available, next, totals, openEdits, provider.map(facts -> facts.withFull(false)), calibrated);
    }
}
