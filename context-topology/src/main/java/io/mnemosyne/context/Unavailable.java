package io.mnemosyne.context;

import java.time.Duration;

/** A thread cannot be read right now, although it may be there: the reader should come back. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it cannot be read. */
    public enum Reason {
        /** Partitions are being assigned, or state is being restored. */
        REBALANCING,
        /** The topology has not started, has stopped, or misses a topic. */
        NOT_READY,
        /** Another instance holds the thread's partition. */
        NOT_HERE,
        /** A large text is still on its way. */
        BLOB_MISSING
    }

    private final Reason reason;

    public Unavailable(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** When to try again. */
    public Duration retryAfter() {
        return switch (reason) {
            case BLOB_MISSING, NOT_HERE -> Duration.ofSeconds(1);
            case REBALANCING, NOT_READY -> Duration.ofSeconds(2);
        };
    }
}
