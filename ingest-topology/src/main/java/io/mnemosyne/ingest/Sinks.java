package io.mnemosyne.ingest;

/** Names of the topology's sinks; the row ledger keeps them too, so they are part of the state. */
final class Sinks {
    static final String TURNS = "turns";
    static final String OBJECTS = "objects";
    static final String BLOBS = "blobs";
    static final String REJECTED = "rejected";
    static final String SPANS = "spans";
    static final String REROUTED_TURNS = "rerouted-turns";
    static final String REROUTED_COMMANDS = "rerouted-commands";

    private Sinks() {
    }
}
