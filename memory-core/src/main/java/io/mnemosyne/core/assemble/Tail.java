package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;

/**
 * A raw tail, and what was restored among its turns.
 *
 * @param restored by the index of the turn in front of which it stands; what stands behind all turns is the last element
 */
record Tail(List<SizedTurn> turns, List<List<SizedTurn>> restored) {

    /**
     * The whole tail. What was restored stands behind the turns that there were; where calls still wait for their results
     * then, it comes behind these, or in front of what else is said first. So where it stands depends only on what is in
     * front of it and, as long as it stands nowhere, on the next turn.
     */
    static Tail of(ViewContent content) {
        Tail bare = bare(content.tail());
        if (content.restored().isEmpty()) {
            return bare;
        }
        List<List<SizedTurn>> places = new ArrayList<>();
        List<Restored> waiting = new ArrayList<>(content.restored());
        OpenRow row = new OpenRow();
        for (int i = 0; i <= content.tail().size(); i++) {
            List<SizedTurn> here = new ArrayList<>();
            boolean last = i == content.tail().size();
            if (row.isClosed() || (!last && row.isLeftBy(content.tail().get(i).turn()))) {
                long next = last ? Long.MAX_VALUE : content.tail().get(i).seq();
                while (!waiting.isEmpty() && waiting.getFirst().after() < next) {
                    here.add(waiting.removeFirst().turn());
                }
            }
            places.add(here);
            if (!last) {
                row.take(content.tail().get(i).turn());
            }
        }
        return new Tail(bare.turns, places);
    }

    /** Turns among which nothing was restored. */
    static Tail bare(List<SizedTurn> turns) {
        return new Tail(turns, Collections.nCopies(turns.size() + 1, List.of()));
    }

    /** What is left of it from a turn on. */
    Tail from(int start) {
        return new Tail(turns.subList(start, turns.size()), restored.subList(start, restored.size()));
    }

    /** Tokens of what was restored in front of a turn. */
    long restoredAt(int index) {
        return restored.get(index).stream().mapToLong(SizedTurn::tokens).sum();
    }

    /** Tokens of everything that was restored. */
    long restoredTokens() {
        return restored.stream().flatMap(List::stream).mapToLong(SizedTurn::tokens).sum();
    }

    /** The newest row of calls, and which of them wait for results. */
    private static final class OpenRow {
        private final List<String> waiting = new ArrayList<>();
        private boolean calling;

        boolean isClosed() {
            return waiting.isEmpty();
        }

        /** Whether a turn neither goes on with the row nor answers it. */
        boolean isLeftBy(Turn next) {
            return !isAnswer(next) && !(calling && next.role() == Role.ASSISTANT);
        }

        void take(Turn turn) {
            boolean assistant = turn.role() == Role.ASSISTANT;
            if (assistant && !calling) {
                waiting.clear();
            }
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolCall call && assistant) {
                    waiting.add(call.id());
                } else if (part instanceof Part.ToolResult result && !waiting.remove(result.callId())
                        && result.callId().isEmpty() && !waiting.isEmpty()) {
                    waiting.removeFirst(); // some sources name no call in a result
                }
            }
            calling = assistant && (calling || !waiting.isEmpty());
        }

        private static boolean isAnswer(Turn turn) {
            return turn.role() == Role.TOOL || turn.parts().stream().anyMatch(Part.ToolResult.class::isInstance);
        }
    }
}
