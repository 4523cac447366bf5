package io.mnemosyne.replay.machines;

import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.view.ViewRecord;

/** Hears every record that the stages of a thread write to their journals, in their order. */
public interface Journal {
    /** Hears and forgets. */
    Journal NONE = new Journal() {
    };

    /** A record of {@code turns}. */
    default void wrote(TurnsRecord record) {
    }

    /** A record of {@code memory}. */
    default void wrote(MemoryRecord record) {
    }

    /** A record of {@code view}. */
    default void wrote(ViewRecord record) {
    }
}
