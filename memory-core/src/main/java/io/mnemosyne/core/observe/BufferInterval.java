package io.mnemosyne.core.observe;

import io.mnemosyne.core.Policy;

/** How many tokens are worth observing ahead of need: fewer and fewer as activation comes near. */
public final class BufferInterval {
    /** Share of the utility model's window that observed turns may fill; the rest is for prompt, memory and answer. */
    static final double UTILITY_SHARE = 0.6;
    private static final long CYCLES_UNTIL_ACTIVATION = 4;

    private BufferInterval() {
    }

    /**
     * Tokens of unobserved turns at which the next observation starts.
     *
     * @param uncovered tokens after the watermark
     */
    public static long tokens(Policy policy, long uncovered) {
        long untilActivation = Math.max(0, policy.observationThreshold() - uncovered);
        long interval = Math.max(policy.minBufferInterval(), untilActivation / CYCLES_UNTIL_ACTIVATION);
        return Math.min(cap(policy), interval);
    }

    /** The most tokens observed at once, unless one tool group alone has more. */
    public static long cap(Policy policy) {
        return Math.min(policy.maxBufferInterval(), Math.round(UTILITY_SHARE * policy.utilityWindow()));
    }
}
