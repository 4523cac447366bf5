package io.mnemosyne.core.view;

import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.fidelity.SummaryResult;

/** What a view is made of. Each stream is in its own order; how they interleave is left open. */
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

    /** A record of {@code summarizer.results}. */
    record OfSummaries(SummaryResult result) implements ViewInput {
        @Override
        public ThreadKey thread() {
            return result.thread();
        }

        @Override
        public long incarnation() {
            return result.incarnation();
        }
    }

    /** A record of {@code vectors}. */
    record OfVectors(EmbeddingVector vector) implements ViewInput {
        @Override
        public ThreadKey thread() {
            return vector.thread();
        }

        @Override
        public long incarnation() {
            return vector.incarnation();
        }
    }
}
