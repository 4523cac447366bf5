package io.mnemosyne.core;

/** What ingest made of one raw record. */
public sealed interface TurnEvent {

    /** A turn took its place in the thread. */
    record Appended(Turn turn) implements TurnEvent {
    }

    /** A command took its place in the thread's order. */
    record Controlled(Command command) implements TurnEvent {
    }

    /** The raw record added nothing, for the reason given; it still has a position that readers can wait for. */
    record Skipped(String eventId, Reason reason) implements TurnEvent {
    }

    /** Why a raw record added nothing. */
    enum Reason {
        /** An event with this id is in the thread already. */
        DUPLICATE,
        /** Not a valid event; the {@code rejected} topic says why. */
        REJECTED,
        /** Found on a partition that is not its thread's, and produced again to the right one. */
        REROUTED
    }
}
