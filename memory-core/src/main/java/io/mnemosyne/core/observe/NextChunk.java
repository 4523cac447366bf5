package io.mnemosyne.core.observe;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.TurnFacts;

/** Which turns to observe next: the oldest unobserved ones, cut where it is safe and no more than fit. */
final class NextChunk {
    private NextChunk() {
    }

    /** The range to observe now; empty if nothing is due. */
    static Optional<SeqRange> of(ObserverState state, Policy policy) {
        List<TurnFacts> turns = state.unobserved();
        List<Integer> cuts = SafePrefix.lengths(turns);
        if (cuts.isEmpty()) {
            return Optional.empty();
        }
        boolean over = state.uncoveredTokens() >= policy.observationThreshold();
        int beforeTail = turns.size() - RawTail.length(state.uncovered(), policy);
        List<Integer> coverable = cuts.stream().filter(cut -> cut <= beforeTail).toList();
        boolean overdue = (over || state.pressed()) && !coverable.isEmpty();
        // Past the threshold a chunk that reaches into the raw tail would be paid for and then wait.
        List<Integer> ends = overdue ? coverable : cuts;
        long interval = BufferInterval.tokens(policy,
                overdue ? policy.observationThreshold() : state.uncoveredTokens());
        boolean worthwhile = tokens(turns, ends.getLast()) >= interval;
        boolean stuck = over && overdue && state.chunks().buffered().isEmpty();
        if (!worthwhile && !stuck) {
            return Optional.empty();
        }
        int length = longestWithin(BufferInterval.cap(policy), turns, ends);
        return Optional.of(new SeqRange(state.observedThrough() + 1, turns.get(length - 1).seq()));
    }

    /** The longest cut within the cap, else the shortest: one tool group larger than the cap is a chunk of its own. */
    private static int longestWithin(long cap, List<TurnFacts> turns, List<Integer> cuts) {
        int length = cuts.getFirst();
        long tokens = tokens(turns, length);
        for (int cut : cuts) {
            tokens += tokens(turns.subList(length, cut), cut - length);
            if (tokens > cap) {
                break;
            }
            length = cut;
        }
        return length;
    }

    private static long tokens(List<TurnFacts> turns, int length) {
        return turns.stream().limit(length).mapToLong(TurnFacts::tokens).sum();
    }
}
