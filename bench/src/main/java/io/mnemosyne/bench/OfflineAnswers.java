package io.mnemosyne.bench;

import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.offline.OfflineObserver;
import io.mnemosyne.inference.providers.offline.OfflineReflector;
import io.mnemosyne.replay.machines.Answers;

/** The offline extractor at once, in the place of a worker. */
final class OfflineAnswers implements Answers {
    private final OfflineObserver observer;
    private final OfflineReflector reflector;

    OfflineAnswers(TokenCounter counter) {
        observer = new OfflineObserver(counter);
        reflector = new OfflineReflector(counter);
    }

    @Override
    public ObservationResult.Outcome observe(ObservationRequest request) {
        return observer.observe(request);
    }

    @Override
    public ReflectionResult.Outcome reflect(ReflectionRequest request) {
        return reflector.reflect(request);
    }
}
