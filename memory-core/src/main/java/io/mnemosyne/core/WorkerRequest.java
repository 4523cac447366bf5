package io.mnemosyne.core;

/**
 * What a stage tells workers, in the order in which it happened to a thread.
 *
 * @param <Q> what the stage asks
 */
public sealed interface WorkerRequest<Q extends ModelRequest> {

    /** Asks for a model call. */
    record Ask<Q extends ModelRequest>(Q request) implements WorkerRequest<Q> {
    }

    /**
     * The thread was deleted: drop what is recorded of it.
     *
     * @param incarnation that the thread has now; what is recorded of an older one goes
     */
    record Forget<Q extends ModelRequest>(ThreadKey thread, long incarnation) implements WorkerRequest<Q> {
    }
}
