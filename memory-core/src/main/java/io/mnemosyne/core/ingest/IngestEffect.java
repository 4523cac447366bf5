package io.mnemosyne.core.ingest;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.TurnsRecord;

/** What ingest does about a raw record; to be applied in order. */
public sealed interface IngestEffect {

    /** Exactly one per raw record. */
    record Emit(TurnsRecord record) implements IngestEffect {
    }

    /** A text that was moved out of the turn. */
    record Keep(Blob blob) implements IngestEffect {
    }

    /** An object that was cut from the turn. */
    record Describe(ObjectRecord object) implements IngestEffect {
    }

    /** A fact to find again through {@link Known}. */
    record Remember(Known.Kind kind, String name, String value) implements IngestEffect {
    }

    /** Forget every fact about the thread and erase every row that was written for it. */
    record Erase() implements IngestEffect {
    }

    /** Report the record to the {@code rejected} topic. */
    record Reject(String reason) implements IngestEffect {
    }

    /** Produce the record again, so that it gets to the thread's partition. */
    record Reroute() implements IngestEffect {
    }
}
