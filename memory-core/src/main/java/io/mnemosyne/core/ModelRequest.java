package io.mnemosyne.core;

import java.time.Instant;

/** What every request for a model call says, whichever stage asks. */
public interface ModelRequest {

    /** 32 hex digits; a retry keeps it. */
    String requestId();

    ThreadKey thread();

    long incarnation();

    /** From 1. */
    int attempt();

    /** After this the topology takes the request for lost. */
    Instant leaseUntil();

    /** Whether it goes before those that are not urgent. */
    default boolean urgent() {
        return false;
    }
}
