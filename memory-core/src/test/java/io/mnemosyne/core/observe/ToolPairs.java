package io.mnemosyne.core.observe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.TurnFacts;

/** An oracle for {@link SafePrefix}, written the other way round: from each result back to its call. */
final class ToolPairs {
    private ToolPairs() {
    }

    /** From each call to its result, where nothing but parallel calls and their results stands between them. */
    static List<SeqRange> of(List<TurnFacts> withSystem) {
        List<TurnFacts> turns = withSystem.stream().filter(turn -> turn.role() != Role.SYSTEM).toList();
        List<SeqRange> pairs = new ArrayList<>();
        Set<String> answered = new HashSet<>();
        for (int result = 0; result < turns.size(); result++) {
            for (String id : turns.get(result).closes()) {
                boolean callsOnly = false;
                for (int call = result - 1; call >= 0 && result - call < SafePrefix.PATIENCE; call--) {
                    TurnFacts turn = turns.get(call);
                    callsOnly |= turn.role() == Role.ASSISTANT;
                    if (isReply(turn) || (callsOnly && turn.role() == Role.TOOL)) {
                        break;
                    }
                    if (turn.opens().contains(id)) {
                        if (answered.add(id + "@" + call)) {
                            pairs.add(new SeqRange(turn.seq(), turns.get(result).seq()));
                        }
                        break;
                    }
                }
            }
        }
        return pairs;
    }

    private static boolean isReply(TurnFacts turn) {
        return turn.role() == Role.USER || (turn.role() == Role.ASSISTANT && turn.opens().isEmpty());
    }
}
