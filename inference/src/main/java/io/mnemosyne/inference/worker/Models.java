package io.mnemosyne.inference.worker;

import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.inference.providers.Model;

/** Who answers the requests of which stage. */
public record Models(Model<ObservationRequest, ObservationResult.Outcome> observer,
        Model<ReflectionRequest, ReflectionResult.Outcome> reflector) {
}
