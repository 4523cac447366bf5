package io.mnemosyne.inference.providers;

import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;

/** Writes reflections. Implementations are thread-safe; a call may block, and stops when its thread is interrupted. */
public interface ReflectorModel {

    ModelName name();

    /**
     * Writes one denser segment for those of a request. Failures that the provider knows of are {@code Failed}
     * outcomes; anything thrown counts as a failure that may be retried.
     */
    ReflectionResult.Outcome reflect(ReflectionRequest request) throws InterruptedException;
}
