package io.mnemosyne.inference.providers;

import io.mnemosyne.core.ModelRequest;

/**
 * Answers one kind of request. Thread-safe; a call may block, and stops when its thread is interrupted.
 *
 * @param <Q> for example {@link io.mnemosyne.core.observe.ObservationRequest}
 * @param <O> what it comes to, for example {@link io.mnemosyne.core.observe.ObservationResult.Outcome}
 */
public interface Model<Q extends ModelRequest, O> {

    /** Who is asked first. It is recorded with every call and is part of the request hash. */
    ModelName nameFor(Q request);

    /**
     * Answers within a time.
     *
     * @throws ModelException if there is no usable answer. Whatever else is thrown counts as a failure that may be retried.
     */
    O answer(Q request, CallContext context) throws ModelException, InterruptedException;
}
