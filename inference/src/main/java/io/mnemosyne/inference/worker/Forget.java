package io.mnemosyne.inference.worker;

import io.mnemosyne.core.ThreadKey;

/** The thread was deleted: its recorded calls of all incarnations before this one go. */
record Forget(ThreadKey thread, long incarnation) implements Work {

    @Override
    public String requestId() {
        return "forget-before-" + incarnation;
    }

    /** Calls of the deleted thread that still wait are then not made. */
    @Override
    public boolean urgent() {
        return true;
    }
}
