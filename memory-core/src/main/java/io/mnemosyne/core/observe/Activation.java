package io.mnemosyne.core.observe;

import java.util.List;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.TurnFacts;

/** How many buffered chunks to move into the memory. */
final class Activation {
    private Activation() {
    }

    /**
     * The number of oldest chunks after which the raw tail is nearest to the share that the policy wants to retain, and
     * no kept turn is covered; 0 if it is best to wait. Of two equally near ones the smaller.
     */
    static int chunks(ObserverState state, Policy policy) {
        List<TurnFacts> turns = state.uncovered();
        int coverable = turns.size() - RawTail.length(turns, policy);
        long lastCoverable = coverable == 0 ? state.watermark() : turns.get(coverable - 1).seq();
        int best = 0;
        long bestDistance = distance(state, state.watermark(), policy);
        List<Segment> buffered = state.chunks().buffered();
        for (int i = 0; i < buffered.size() && buffered.get(i).range().to() <= lastCoverable; i++) {
            long distance = distance(state, buffered.get(i).range().to(), policy);
            if (distance < bestDistance) {
                best = i + 1;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static long distance(ObserverState state, long through, Policy policy) {
        return Math.abs(state.tokensAfter(through) - policy.retainedTokens());
    }
}
