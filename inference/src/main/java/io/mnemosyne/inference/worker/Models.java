package io.mnemosyne.inference.worker;

import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.stub.StubObserver;
import io.mnemosyne.inference.providers.stub.StubReflector;

/** Who answers the requests of which stage. */
public record Models(Model<ObservationRequest, ObservationResult.Outcome> observer,
        Model<ReflectionRequest, ReflectionResult.Outcome> reflector) {
    /** Those that answer at once and bill nothing. */
    public static Models stub() {
        return new Models(new StubObserver(), new StubReflector(O200kTokenCounter.shared()));
    }
}
