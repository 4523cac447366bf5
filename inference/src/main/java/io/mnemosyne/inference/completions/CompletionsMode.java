package io.mnemosyne.inference.completions;

/** When a model is called, and when a recorded call stands for it. */
public enum CompletionsMode {
    /** Every request is put to a model, unless it was paid for already. */
    LIVE,
    /** Nothing is called: a request that was not recorded fails. */
    REPLAY_STRICT,
    /** What was recorded is used again, whatever was not is put to a model. */
    REPLAY_OR_CALL,
    /** Nothing is called, and every request gets the same made-up answer. */
    STUB
}
