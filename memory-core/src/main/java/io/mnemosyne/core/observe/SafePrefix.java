package io.mnemosyne.core.observe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.TurnFacts;

/**
 * Where a list of turns may be cut without parting a tool call from its result.
 *
 * <p>A result belongs to the nearest call before it with its id. A call that gets no result stops waiting at the next
 * user turn, at an assistant turn without calls, and at an assistant turn after other tools have answered; assistant
 * turns in a row are parallel calls, of which {@link #PATIENCE} turns are waited for. Whatever comes, calls stop waiting
 * when the turns and ids since the first of them are more than {@link #MAX_GROUP}.
 */
public final class SafePrefix {
    /** Turns after which a call waits for its result no longer. */
    static final int PATIENCE = 64;

    /** The most that is kept together: turns and their ids. */
    static final int MAX_GROUP = 4_096;

    private record OpenCall(String id, int index) {
    }

    private final Deque<OpenCall> open = new ArrayDeque<>();
    private final List<Integer> lengths = new ArrayList<>();
    private boolean toolsAnswered;
    private int waiting;

    private SafePrefix() {
    }

    /**
     * Numbers of turns after which a cut is safe, ascending; the last one is the safe prefix.
     *
     * @param turns in order, system turns left out, the first one after a safe cut
     */
    public static List<Integer> lengths(List<TurnFacts> turns) {
        SafePrefix scan = new SafePrefix();
        for (int i = 0; i < turns.size(); i++) {
            scan.pass(turns.get(i), i);
        }
        return scan.lengths;
    }

    /** Whether the turn answers calls, or stands for such an answer in a source without call ids. */
    static boolean isToolAnswer(TurnFacts turn) {
        return turn.role() == Role.TOOL || !turn.closes().isEmpty();
    }

    private void pass(TurnFacts turn, int index) {
        turn.closes().forEach(this::close);
        waiting += turn.weight();
        if (!open.isEmpty() && stopsTheWait(turn, index)) {
            open.clear();
            lengths.add(index);
            waiting = turn.weight();
        }
        toolsAnswered = isToolAnswer(turn);
        turn.opens().forEach(id -> open.push(new OpenCall(id, index)));
        if (open.isEmpty()) {
            lengths.add(index + 1);
            waiting = 0;
        }
    }

    private boolean stopsTheWait(TurnFacts turn, int index) {
        if (waiting > MAX_GROUP) {
            return true;
        }
        if (isToolAnswer(turn)) {
            return false;
        }
        boolean goesOn = turn.role() == Role.USER || turn.opens().isEmpty() || toolsAnswered;
        return goesOn || index - open.getLast().index() >= PATIENCE;
    }

    private void close(String id) {
        for (Iterator<OpenCall> newestFirst = open.iterator(); newestFirst.hasNext();) {
            if (newestFirst.next().id().equals(id)) {
                newestFirst.remove();
                return;
            }
        }
    }
}
