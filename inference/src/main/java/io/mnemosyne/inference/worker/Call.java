package io.mnemosyne.inference.worker;

import java.time.Instant;

import io.mnemosyne.core.Begun;
import io.mnemosyne.inference.BeforeCall;
import io.mnemosyne.inference.Deadline;

/** A request for a model call. */
non-sealed interface Call extends Work {

    long incarnation();

    /** Stage that asked, for example {@code observer}. */
    String stage();

    Instant leaseUntil();

    /** The newest turn that it is about. */
    long newestSeq();

    /** What is noted of it before it is made, with the hash of what is asked of whom; the hash is the same for a retry. */
    Begun begun();

    /**
     * Asks the model.
     *
     * @param before told of each call that somebody may bill
     */
    Reply ask(Deadline deadline, String requestHash, BeforeCall before) throws InterruptedException;

    /** The reply out of a response that was recorded earlier. */
    Reply recorded(String response);

    Reply expired();

    Reply failed(String reason, boolean retryable);
}
