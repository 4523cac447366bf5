package io.mnemosyne.inference.providers;

import java.time.Duration;
import java.util.Optional;

import io.mnemosyne.inference.BeforeCall;
import io.mnemosyne.inference.Deadline;

/**
 * What a model is told beside the request.
 *
 * @param insteadOf why somebody else did not answer, in words; empty for the one that was asked first. It goes into the
 *            provenance of the answer
 * @param before told of each call that is made
 */
public record CallContext(Deadline deadline, Optional<String> insteadOf, BeforeCall before) {

    /** A context in which nobody wants to be told of calls. */
    public CallContext(Deadline deadline, Optional<String> insteadOf) {
        this(deadline, insteadOf, BeforeCall.NOTHING);
    }

    /** For the one that is asked first. */
    public static CallContext within(Duration time) {
        return new CallContext(Deadline.in(time), Optional.empty());
    }
}
