package io.mnemosyne.inference.worker;

import io.mnemosyne.inference.providers.ObserverModel;
import io.mnemosyne.inference.providers.ReflectorModel;

/** Who answers the requests of which stage. */
public record Models(ObserverModel observer, ReflectorModel reflector) {
}
