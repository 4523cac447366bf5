package io.mnemosyne.bench;

import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.offline.OfflineObserver;
import io.mnemosyne.inference.providers.offline.OfflineReflector;
import io.mnemosyne.inference.providers.offline.OfflineSummarizer;
import io.mnemosyne.replay.machines.Answers;

/** The offline extractor at once, in the place of a worker. */
final class OfflineAnswers implements Answers {
    private final OfflineObserver observer;
    private final OfflineReflector reflector;
    private final OfflineSummarizer summarizer;

    OfflineAnswers(TokenCounter counter) {
        observer = new OfflineObserver(counter);
        reflector = new OfflineReflector(counter);
        summarizer = new OfflineSummarizer(counter);
    }

    @Override
    public ObservationResult.Outcome observe(ObservationRequest request) {
        return observer.observe(request);
    }

    @Override
    public ReflectionResult.Outcome reflect(ReflectionRequest request) {
        return reflector.reflect(request);
    }

    @Override
    public SummaryResult.Outcome summarize(SummaryRequest request) {
        return summarizer.summarize(request);
    }
}
