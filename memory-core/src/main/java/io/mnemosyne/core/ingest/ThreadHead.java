package io.mnemosyne.core.ingest;

import java.util.Optional;

import io.mnemosyne.core.segment.Recent;

/**
 * Where a thread stands.
 *
 * @param incarnation how often it was deleted
 * @param nextSeq of the turn to come
 * @param calls what is remembered of the newest turns: the calls whose results are to come, and what relates turns
 * @param run what spans to come need to know of the turns so far; empty if nothing was traced yet
 */
public record ThreadHead(long incarnation, long nextSeq, Recent calls, Optional<TracedRun> run) {
    /** A thread that nothing was said in. */
    public static final ThreadHead NEW = new ThreadHead(0, 0, Recent.NOTHING, Optional.empty());

    ThreadHead after(Recent newCalls) {
        return new ThreadHead(incarnation, nextSeq + 1, newCalls, run);
    }

    ThreadHead deleted() {
        return new ThreadHead(incarnation + 1, 0, NEW.calls, Optional.empty());
    }

    ThreadHead traced(TracedRun newRun) {
        return new ThreadHead(incarnation, nextSeq, calls, Optional.of(newRun));
    }
}
