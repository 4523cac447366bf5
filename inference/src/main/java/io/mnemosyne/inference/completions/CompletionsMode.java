package io.mnemosyne.inference.completions;

/** What recorded calls are good for, in a worker and in a replay. */
public enum CompletionsMode {
    /**
     * A worker answers a request that was answered before from the record, so that nothing is paid twice; every other one
     * it calls a model for, and records the answer. A replay looks nothing up: it calls for every request.
     */
    LIVE,
    /**
     * No model is called. A worker answers from the record; what was not recorded is a failure that may not be retried,
     * says the hash and what to do, and is counted as {@code call.not-recorded}. Nothing is recorded. In a replay the
     * session fails, and the run stops.
     */
    REPLAY_STRICT,
    /** Answered from the record, else called. In a worker the same as {@link #LIVE}; a replay looks into earlier runs. */
    REPLAY_OR_CALL,
    /**
     * Nobody is called and nothing is looked up or, in a worker, recorded: whatever is asked, a stand-in answers at once,
     * without reading much. For tests of everything around models.
     */
    STUB
}
