package io.mnemosyne.reflector;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.reflect.ReflectionResult;

/** One try of a request that is to be answered by the time that it is stored under. */
record Lease(ThreadKey thread, long incarnation, String requestId, int attempt) {

    ReflectionResult expired() {
        return new ReflectionResult(thread, incarnation, requestId, attempt, new ReflectionResult.Expired());
    }
}
