package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tool calls that wait for their results.
 *
 * @param open oldest first, at most {@value #MAX}; beyond that the oldest are forgotten
 */
public record RecentCalls(List<CallFacts> open) {
    static final int MAX = 32;

    public RecentCalls {
        open = List.copyOf(open);
    }

    RecentCalls plus(CallFacts call) {
        List<CallFacts> more = new ArrayList<>(open);
        more.add(call);
        return new RecentCalls(more.subList(Math.max(0, more.size() - MAX), more.size()));
    }

    RecentCalls without(CallFacts call) {
        List<CallFacts> fewer = new ArrayList<>(open);
        fewer.remove(call);
        return new RecentCalls(fewer);
    }

    /** The newest call with this id; ids may repeat. */
    Optional<CallFacts> find(String callId) {
        return open.reversed().stream().filter(call -> !callId.isEmpty() && call.id().equals(callId)).findFirst();
    }
}
