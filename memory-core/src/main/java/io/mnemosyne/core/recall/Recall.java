package io.mnemosyne.core.recall;

import io.mnemosyne.core.ThreadKey;

/** Finds what a thread remembers. Thread-safe. */
@FunctionalInterface
public interface Recall {

    /**
     * What of one thread answers a question best. Looks nowhere but in that thread. Answers even while the index is away, and
     * says so.
     *
     * @param incarnation of the thread; what deleted ones said is never found
     */
    Recollection find(ThreadKey thread, long incarnation, MemoryQuery query);
}
