package io.mnemosyne.core;

import java.util.Map;
import java.util.OptionalLong;

/**
 * The settings by which a thread's context is kept. All token settings follow one factor, so that the same policy runs
 * at any budget.
 *
 * @param window tokens that the agent's model takes
 * @param budget hard ceiling of a view, tokens
 * @param utilityWindow tokens that the observer's and reflector's model takes
 * @param observationThreshold uncovered tokens at which observations are activated
 * @param minBufferInterval smallest stretch worth observing ahead of need, tokens
 * @param maxBufferInterval largest stretch observed at once, tokens
 * @param reflectionThreshold tokens of live segments at which reflections must be there; the background start is half
 * @param keepRawTurns newest turns kept raw, but at most half of {@code observationThreshold} tokens of them
 */
public record Policy(String name, long window, long budget, long utilityWindow, long observationThreshold,
        long minBufferInterval, long maxBufferInterval, long reflectionThreshold, int keepRawTurns,
        CachePrices cachePrices) {
    /** Share of the observation threshold that activation aims to leave raw. */
    public static final double RETAINED_SHARE = 0.2;
    /** Multiple of the observation threshold above which an observation is the highest-priority request. */
    public static final double SYNCHRONOUS_FACTOR = 1.2;

    public Policy {
        if (budget <= 0 || window < budget) {
            throw new IllegalArgumentException("budget must be 1 to window tokens, was " + budget + " of " + window);
        }
    }

    /** The defaults: a 200,000-token model with half of it as budget. */
    public static Policy standard() {
        return new Policy("observational", 200_000, 100_000, 128_000, 30_000, 5_000, 30_000, 40_000, 12,
                CachePrices.DEFAULT);
    }

    /** The same policy with every token setting scaled so that the budget becomes {@code tokens}. */
    public Policy scaledTo(long tokens) {
        double factor = (double) tokens / budget;
        return new Policy(name, Math.round(window * factor), tokens, Math.round(utilityWindow * factor),
                Math.round(observationThreshold * factor), Math.round(minBufferInterval * factor),
                Math.round(maxBufferInterval * factor), Math.round(reflectionThreshold * factor), keepRawTurns,
                cachePrices);
    }

    /**
     * This policy as the arguments of a {@link Command.Kind#POLICY} command change it: {@code policy} names it,
     * {@code budget} scales every token setting, {@code window} alone means half of it as budget. Arguments that do not
     * fit together or are no numbers change nothing.
     */
    public Policy changedBy(Map<String, String> arguments) {
        OptionalLong givenWindow = tokens(arguments, "window");
        OptionalLong givenBudget = tokens(arguments, "budget");
        Policy named = renamed(arguments.getOrDefault("policy", name));
        if (givenWindow.isEmpty() && givenBudget.isEmpty()) {
            return named;
        }
        long newBudget = givenBudget.orElseGet(() -> Math.max(1, givenWindow.orElseThrow() / 2));
        Policy scaled = named.scaledTo(newBudget);
        long newWindow = givenWindow.orElse(scaled.window());
        return newWindow < newBudget ? named : scaled.withWindow(newWindow);
    }

    private Policy renamed(String newName) {
        return new Policy(newName, window, budget, utilityWindow, observationThreshold, minBufferInterval,
                maxBufferInterval, reflectionThreshold, keepRawTurns, cachePrices);
    }

    private Policy withWindow(long newWindow) {
        return new Policy(name, newWindow, budget, utilityWindow, observationThreshold, minBufferInterval,
                maxBufferInterval, reflectionThreshold, keepRawTurns, cachePrices);
    }

    private static OptionalLong tokens(Map<String, String> arguments, String name) {
        try {
            long tokens = Long.parseLong(arguments.getOrDefault(name, ""));
            return tokens > 0 ? OptionalLong.of(tokens) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
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
