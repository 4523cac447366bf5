package io.mnemosyne.inference.worker;

import java.time.Instant;

import io.mnemosyne.inference.Deadline;

/** A request for a model call. */
non-sealed interface Call extends Work {

    long incarnation();

    /** Stage that asked, for example {@code observer}. */
    String stage();

    /** Lower-case hex SHA-256 of what is asked of whom; the same for a retry. */
    String requestHash();

    Instant leaseUntil();

    /** Asks the model. */
    Reply ask(Deadline deadline) throws InterruptedException;

    /** The reply out of a response that was recorded earlier. */
    Reply recorded(String response);

    Reply expired();

    /** A failure that may be retried. */
    Reply failed(String reason);
}
