package io.mnemosyne.core.observe;

import java.util.List;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.TurnFacts;

/** How many buffered chunks to move into the memory. */
final class Activation {
    /**
     * Part of the observation threshold that is left raw in any case if a smaller step will do: 1,000 tokens of the
     * standard 30,000. More than 0.95 of what the policy wants to retain is then never overshot either.
     */
    private static final int LEAST_KEPT = 30;

    private Activation() {
    }

    /**
     * The number of oldest chunks after which the raw tail is nearest to the share that the policy wants to retain, and
     * no kept turn is covered; 0 if it is best to wait. Of two equally near ones the larger. One that would leave almost
     * nothing is taken only if the first chunk alone does.
     */
    static int chunks(ObserverState state, Policy policy) {
        List<TurnFacts> turns = state.uncovered();
        int coverable = turns.size() - RawTail.length(turns, policy);
        long lastCoverable = coverable == 0 ? state.watermark() : turns.get(coverable - 1).seq();
        int best = 0;
        long bestDistance = distance(state.uncoveredTokens(), policy);
        List<Segment> buffered = state.chunks().buffered();
        for (int i = 0; i < buffered.size() && buffered.get(i).range().to() <= lastCoverable; i++) {
            long left = leftAfter(state, i + 1);
            boolean leavesNothing = left < policy.observationThreshold() / LEAST_KEPT && i > 0;
            if (!leavesNothing && distance(left, policy) <= bestDistance) {
                best = i + 1;
                bestDistance = distance(left, policy);
            }
        }
        return best;
    }

    /**
     * Whether a step at the threshold is better not taken yet, since it leaves much that the next chunks will cover: more
     * than is retained or kept raw, and one chunk. Above the synchronous line every step counts.
     */
    static boolean isPremature(ObserverState state, int chunks, Policy policy) {
        List<TurnFacts> turns = state.uncovered();
        long kept = turns.stream().skip(turns.size() - RawTail.length(turns, policy)).mapToLong(TurnFacts::tokens)
                .sum();
        long uncovered = state.uncoveredTokens();
        return uncovered < policy.synchronousLine()
                && leftAfter(state, chunks) > Math.max(policy.retainedTokens(), kept)
                        + BufferInterval.tokens(policy, uncovered);
    }

    private static long leftAfter(ObserverState state, int chunks) {
        return state.tokensAfter(
                chunks == 0 ? state.watermark() : state.chunks().buffered().get(chunks - 1).range().to());
    }

    private static long distance(long left, Policy policy) {
        return Math.abs(left - policy.retainedTokens());
    }
}
