package io.mnemosyne.core;

/** What the newest row under a request hash says of a model call: what it answered, or only that it was begun. */
public sealed interface CompletionRow permits Completion, Begun {

    ThreadKey thread();

    /** Of the thread, when the call was made. */
    long incarnation();

    /** Lower-case hex SHA-256 of the canonical request. */
    String requestHash();
}
