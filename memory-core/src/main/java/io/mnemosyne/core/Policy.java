package io.mnemosyne.core;

import java.time.ZoneId;
import java.util.List;

import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.view.group.GroupRules;

/**
 * The settings by which a thread's context is kept. All token settings follow one factor, so that the same policy runs
 * at any budget; what {@code fidelity} and {@code groups} say of tokens is about single objects, and does not.
 *
 * @param window tokens that the agent's model takes
 * @param budget hard ceiling of a view, tokens; of a whole prompt as its model counts it, once reports have told how that
 *            counts
 * @param utilityWindow tokens that the observer's and reflector's model takes
 * @param observationThreshold uncovered tokens at which observations are activated
 * @param minBufferInterval smallest stretch worth observing ahead of need, tokens
 * @param maxBufferInterval largest stretch observed at once, tokens
 * @param reflectionThreshold tokens of live segments at which reflections must be there; the background start is half
 * @param keepRawTurns newest turns kept raw, but at most half of {@code observationThreshold} tokens of them
 * @param zone in which days begin and times are shown
 * @param fidelity when objects are shown shorter
 * @param groups which neighbouring objects are one unit
 * @param compactAt share of a window at which its context is compacted at once, above 0 to 1
 */
public record Policy(String name, long window, long budget, long utilityWindow, long observationThreshold,
        long minBufferInterval, long maxBufferInterval, long reflectionThreshold, int keepRawTurns,
        CachePrices cachePrices, ZoneId zone, FidelityRules fidelity, GroupRules groups, double compactAt) {
    /** The policy that observes old turns and shows objects shorter: the default. */
    public static final String HYBRID = "hybrid";
    /** The policy that observes old turns and shows everything else in full. */
    public static final String OBSERVATIONAL = "observational";
    /** The policy that shows objects shorter and observes nothing. */
    public static final String FIDELITY = "fidelity";
    /** The policies that the stages know. */
    public static final List<String> NAMES = List.of(OBSERVATIONAL, FIDELITY, HYBRID);
    /** The zone where none was set. */
    public static final ZoneId UTC = ZoneId.of("UTC");
    /** Share of the observation threshold that activation aims to leave raw. */
    public static final double RETAINED_SHARE = 0.2;
    /** Multiple of the observation threshold above which an observation is the highest-priority request. */
    public static final double SYNCHRONOUS_FACTOR = 1.2;
    /** Share of the window from which on a prompt, as its provider counts it, is near to not fitting. */
    public static final double TOTAL_SHARE = 0.85;
    /** Share of a window at which its context is compacted at once, where no other is set. */
    public static final double COMPACT_AT = 0.9;

    public Policy {
        if (budget <= 0 || window < budget) {
            throw new IllegalArgumentException("budget must be 1 to window tokens, was " + budget + " of " + window);
        }
        if (!(compactAt > 0 && compactAt <= 1)) {
            throw new IllegalArgumentException(
                    "the share of the window at which a context is compacted must be above 0 and at most 1, was "
                            + compactAt);
        }
    }

    /** The defaults: a 200,000-token model with half of it as budget. */
    public static Policy standard() {
        return new Policy(HYBRID, 200_000, 100_000, 128_000, 30_000, 5_000, 30_000, 40_000, 12,
                CachePrices.DEFAULT, UTC, FidelityRules.DEFAULT, GroupRules.DEFAULT, COMPACT_AT);
    }

    /** The same policy with every token setting scaled, to 1 at least, so that the budget becomes {@code tokens}. */
    public Policy scaledTo(long tokens) {
        double factor = (double) tokens / budget;
        return new Policy(name, scaled(window, factor), tokens, scaled(utilityWindow, factor),
                scaled(observationThreshold, factor), scaled(minBufferInterval, factor),
                scaled(maxBufferInterval, factor), scaled(reflectionThreshold, factor), keepRawTurns, cachePrices,
                zone, fidelity, groups, compactAt);
    }

    private static long scaled(long tokens, double factor) {
        return Math.max(1, Math.round(tokens * factor));
    }

    /** The same policy under another name, which says what it does with old turns and objects. */
    public Policy named(String newName) {
        return new Policy(newName, window, budget, utilityWindow, observationThreshold, minBufferInterval,
                maxBufferInterval, reflectionThreshold, keepRawTurns, cachePrices, zone, fidelity, groups, compactAt);
    }

    /** Whether old turns are observed. */
    public boolean observes() {
        return !name.equals(FIDELITY);
    }

    /** Whether objects are shown shorter. */
    public boolean grades() {
        return !name.equals(OBSERVATIONAL);
    }

    /** The same policy with other rules for objects. */
    public Policy with(FidelityRules rules) {
        return new Policy(name, window, budget, utilityWindow, observationThreshold, minBufferInterval,
                maxBufferInterval, reflectionThreshold, keepRawTurns, cachePrices, zone, rules, groups, compactAt);
    }

    Policy within(long newWindow) {
        return new Policy(name, newWindow, budget, utilityWindow, observationThreshold, minBufferInterval,
                maxBufferInterval, reflectionThreshold, keepRawTurns, cachePrices, zone, fidelity, groups, compactAt);
    }

    Policy in(ZoneId newZone) {
        return new Policy(name, window, budget, utilityWindow, observationThreshold, minBufferInterval,
                maxBufferInterval, reflectionThreshold, keepRawTurns, cachePrices, newZone, fidelity, groups,
                compactAt);
    }

    /** Tokens that activation aims to leave raw. */
    public long retainedTokens() {
        return Math.round(observationThreshold * RETAINED_SHARE);
    }

    /** Uncovered tokens from which on an observation takes precedence over all others. */
    public long synchronousLine() {
        return Math.round(observationThreshold * SYNCHRONOUS_FACTOR);
    }

    /**
     * Tokens of a whole prompt, as its provider counts it, from which on memory is made ahead of its thresholds. A line of
     * the window and not of the budget: what the agent adds itself is not a view's, but has to fit beside it.
     */
    public long totalLine() {
        return Math.round(window * TOTAL_SHARE);
    }

    /** Whether so many tokens of a window mean that its context is to be compacted at once. */
    public boolean isNearlyFull(long tokens, long of) {
        return tokens >= compactAt * of;
    }

    /** The same policy with another share of a window at which its context is compacted at once. */
    public Policy compactingAt(double share) {
        return new Policy(name, window, budget, utilityWindow, observationThreshold, minBufferInterval,
                maxBufferInterval, reflectionThreshold, keepRawTurns, cachePrices, zone, fidelity, groups, share);
    }

    /**
     * What a provider's prompt cache costs, relative to an input token.
     *
     * @param read price of a cached token
     * @param write price of a token written to the cache
     * @param ttlSeconds how long an unused entry lives
     */
    public record CachePrices(double read, double write, long ttlSeconds) {
        public static final CachePrices DEFAULT = new CachePrices(0.1, 1.25, 300);
    }
}
