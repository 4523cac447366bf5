package io.mnemosyne.inference.providers;

import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;

/** Writes observations. Implementations are thread-safe; a call may block, and stops when its thread is interrupted. */
public interface ObserverModel {

    ModelName name();

    /**
     * Observes the turns of a request. Failures that the provider knows of are {@code Failed} outcomes; anything thrown
     * counts as a failure that may be retried.
     */
    ObservationResult.Outcome observe(ObservationRequest request) throws InterruptedException;
}
