package io.mnemosyne.core.ingest;

import io.mnemosyne.core.segment.Recent;

/**
 * Where a thread stands.
 *
 * @param incarnation how often it was deleted
 * @param nextSeq of the turn to come
 * @param calls what is remembered of the newest turns: the calls whose results are to come, and what relates turns
 */
public record ThreadHead(long incarnation, long nextSeq, Recent calls) {
    /** A thread that nothing was said in. */
    public static final ThreadHead NEW = new ThreadHead(0, 0, Recent.NOTHING);

    ThreadHead after(Recent newCalls) {
        return new ThreadHead(incarnation, nextSeq + 1, newCalls);
    }

    ThreadHead deleted() {
        return new ThreadHead(incarnation + 1, 0, NEW.calls);
    }
}
