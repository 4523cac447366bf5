package io.mnemosyne.core.observe;

import java.util.List;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.TurnFacts;

/** The newest turns, which stay raw whatever has been observed of them. */
public final class RawTail {
    /** Share of the observation threshold that the newest turns may hold back. */
    static final double MOST_KEPT = 0.5;

    private RawTail() {
    }

    /**
     * How many of the newest turns are kept: {@link Policy#keepRawTurns()} within half the threshold, and always the
     * tool group that the agent has not gone on from, up to {@link SafePrefix#MAX_GROUP}.
     */
    public static int length(List<TurnFacts> turns, Policy policy) {
        return Math.max(recent(turns, policy), openToolGroup(turns));
    }

    private static int recent(List<TurnFacts> turns, Policy policy) {
        long room = Math.round(MOST_KEPT * policy.observationThreshold());
        int length = 0;
        for (TurnFacts turn : turns.reversed()) {
            room -= turn.tokens();
            if (room < 0 || length == policy.keepRawTurns()) {
                break;
            }
            length++;
        }
        return length;
    }

    /** The answers at the end, if any, with the row of calling turns before them. */
    public static int openToolGroup(List<TurnFacts> turns) {
        int length = 0;
        int weight = 0;
        boolean answers = true;
        for (TurnFacts turn : turns.reversed()) {
            answers = answers && SafePrefix.isToolAnswer(turn);
            weight += turn.weight();
            if ((!answers && !isCall(turn)) || weight > SafePrefix.MAX_GROUP) {
                break;
            }
            length++;
        }
        return length;
    }

    private static boolean isCall(TurnFacts turn) {
        return turn.role() == Role.ASSISTANT && !turn.opens().isEmpty();
    }
}
