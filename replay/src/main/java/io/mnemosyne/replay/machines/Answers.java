package io.mnemosyne.replay.machines;

import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;

/** Who answers requests, in the place of a worker. Thread-safe. */
public interface Answers {

    /** What the range of a request comes to. */
    ObservationResult.Outcome observe(ObservationRequest request);

    /** What the segments of a request come to. */
    ReflectionResult.Outcome reflect(ReflectionRequest request);

    /** What the object of a request comes to. */
    SummaryResult.Outcome summarize(SummaryRequest request);
}
