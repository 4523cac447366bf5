package io.mnemosyne.inference.worker;

import io.mnemosyne.core.ThreadKey;

/** What a record asks a worker to do. */
sealed interface Work permits Call, Forget {

    ThreadKey thread();

    /** Tells it from the thread's other work, in names and logs. */
    String requestId();

    /** Whether it goes before what is not urgent. */
    boolean urgent();
}
