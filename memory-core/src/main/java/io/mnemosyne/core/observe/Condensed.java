package io.mnemosyne.core.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.TurnFacts;

/**
 * Bounds what is kept of uncovered turns, however many there are while no worker answers. Where no tool call is parted from
 * its result, neighbours are put together: the facts of their last turn stand for all, without ids, with the tokens of all.
 */
final class Condensed {
    /** Turns and ids up to which every turn has its own facts. */
    static final int MAX_WEIGHT = 2 * SafePrefix.MAX_GROUP;
    /** One group holds no more than this part of all tokens, so that coverage still advances in small steps. */
    private static final int GROUPS = 512;

    private Condensed() {
    }

    /**
     * The same turns in no more than about {@link #MAX_WEIGHT} turns and ids.
     *
     * @param turns in order, system turns left out, the first one after a safe cut
     * @param ends seqs at which a range ends; no group goes beyond one
     */
    static List<TurnFacts> of(List<TurnFacts> turns, Set<Long> ends) {
        if (turns.stream().mapToInt(TurnFacts::weight).sum() <= MAX_WEIGHT) {
            return turns;
        }
        long room = turns.stream().mapToLong(TurnFacts::tokens).sum() / GROUPS;
        int settled = turns.size() - RawTail.openToolGroup(turns);
        List<TurnFacts> condensed = new ArrayList<>();
        boolean closed = true;
        int start = 0;
        for (int cut : SafePrefix.lengths(turns).stream().takeWhile(length -> length <= settled).toList()) {
            TurnFacts group = together(turns.subList(start, cut));
            if (closed || condensed.getLast().tokens() + group.tokens() > room) {
                condensed.add(group);
            } else {
                condensed.add(together(List.of(condensed.removeLast(), group)));
            }
            closed = ends.contains(group.seq());
            start = cut;
        }
        condensed.addAll(turns.subList(start, turns.size()));
        return condensed;
    }

    private static TurnFacts together(List<TurnFacts> turns) {
        TurnFacts last = turns.getLast();
        return new TurnFacts(last.seq(), Role.ASSISTANT, turns.stream().mapToLong(TurnFacts::tokens).sum(), last.at(),
                List.of(), List.of());
    }
}
