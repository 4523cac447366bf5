package io.mnemosyne.core.view;

import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.TurnsRecord;

/** What a view is made of. Both streams are in their own order; how they interleave is left open. */
public sealed interface ViewInput {

    ThreadKey thread();

    long incarnation();

    /** A record of {@code turns}. */
    record OfTurns(TurnsRecord record) implements ViewInput {
        @Override
        public ThreadKey thread() {
            return record.thread();
        }

        @Override
        public long incarnation() {
            return record.incarnation();
        }
    }

    /** A record of {@code memory}. */
    record OfMemory(MemoryRecord record) implements ViewInput {
        @Override
        public ThreadKey thread() {
            return record.thread();
        }

        @Override
        public long incarnation() {
            return record.incarnation();
        }
    }
}
