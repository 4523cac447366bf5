package io.mnemosyne.core.ingest;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.RawTurn;

/** What a raw record turned out to be. */
public sealed interface RawEvent {

    /** A turn as its producer sent it. */
    record Received(RawTurn turn) implements RawEvent {
    }

    /** An instruction about the thread. */
    record Instructed(Command command) implements RawEvent {
    }

    /**
     * No event at all.
     *
     * @param reason what was wrong and what to do
     */
    record Unreadable(String reason) implements RawEvent {
    }

    /** An event of a thread that lives on another partition. */
    record Misplaced() implements RawEvent {
    }
}
