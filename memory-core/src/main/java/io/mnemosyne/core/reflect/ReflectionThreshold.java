package io.mnemosyne.core.reflect;

import io.mnemosyne.core.Policy;

/**
 * Tokens of live segments at which reflections must be there, and from which on they are prepared.
 *
 * @param hard live tokens that should never be reached
 */
record ReflectionThreshold(long hard) {
    /** More live segments than this are due for reflection, however small they are: the head record lists them. */
    static final int MAX_SEGMENTS = 100;
    private static final double WINDOW_SHARE = 0.2;
    private static final double UTILITY_SHARE = 0.5;

    static ReflectionThreshold of(Policy policy) {
        double byWindow = Math.min(WINDOW_SHARE * policy.window(), UTILITY_SHARE * policy.utilityWindow());
        return new ReflectionThreshold(Math.max(1, Math.min(policy.reflectionThreshold(), Math.round(byWindow))));
    }

    /** Live tokens from which on a reflection is prepared in the background. */
    long start() {
        return Math.max(1, hard / 2);
    }

    boolean isDue(ReflectorState state) {
        long tokens = state.liveTokens();
        boolean full = tokens >= start() || state.live().size() > MAX_SEGMENTS;
        return full && tokens > state.resumeAbove();
    }

    /**
     * Live tokens to wait for after an attempt that did not help: a tenth more, but never more than one more start, so
     * that a long outage is soon made up for.
     */
    long resumeAbove(long liveTokens) {
        return liveTokens + Math.min(liveTokens / 10, start());
    }
}
