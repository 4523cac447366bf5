package io.mnemosyne.core.ingest;

import java.util.List;

import io.mnemosyne.core.segment.RecentCalls;

/**
 * Where a thread stands.
 *
 * @param incarnation how often it was deleted
 * @param nextSeq of the turn to come
 * @param calls the newest tool calls, for their results to come
 */
public record ThreadHead(long incarnation, long nextSeq, RecentCalls calls) {
    /** A thread that nothing was said in. */
    public static final ThreadHead NEW = new ThreadHead(0, 0, new RecentCalls(List.of()));

    ThreadHead after(RecentCalls newCalls) {
        return new ThreadHead(incarnation, nextSeq + 1, newCalls);
    }

    ThreadHead deleted() {
        return new ThreadHead(incarnation + 1, 0, NEW.calls);
    }
}
