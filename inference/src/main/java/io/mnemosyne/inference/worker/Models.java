package io.mnemosyne.inference.worker;

import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.offline.OfflineObserver;
import io.mnemosyne.inference.providers.offline.OfflineReflector;
import io.mnemosyne.inference.providers.offline.OfflineSummarizer;
import io.mnemosyne.inference.providers.stub.StubObserver;
import io.mnemosyne.inference.providers.stub.StubReflector;
import io.mnemosyne.inference.providers.stub.StubSummarizer;

/** Who answers the requests of which stage. */
public record Models(Model<ObservationRequest, ObservationResult.Outcome> observer,
        Model<ReflectionRequest, ReflectionResult.Outcome> reflector,
        Model<SummaryRequest, SummaryResult.Outcome> summarizer) {
    /** Those that answer at once and bill nothing. */
    public static Models stub() {
        TokenCounter tokens = O200kTokenCounter.shared();
        return new Models(new StubObserver(), new StubReflector(tokens), new StubSummarizer(tokens));
    }

    /** Those that work by rule. */
    public static Models offline(TokenCounter tokens) {
        return new Models(new OfflineObserver(tokens), new OfflineReflector(tokens), new OfflineSummarizer(tokens));
    }
}
