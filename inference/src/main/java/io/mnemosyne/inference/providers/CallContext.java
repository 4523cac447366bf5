package io.mnemosyne.inference.providers;

import java.time.Duration;
import java.util.Optional;

import io.mnemosyne.inference.Deadline;

/**
 * What a model is told beside the request.
 *
 * @param insteadOf why somebody else did not answer, in words; empty for the one that was asked first. It goes into the
 *            provenance of the answer
 */
public record CallContext(Deadline deadline, Optional<String> insteadOf) {

    /** For the one that is asked first. */
    public static CallContext within(Duration time) {
        return new CallContext(Deadline.in(time), Optional.empty());
    }
}
