package io.mnemosyne.inference.providers;

import java.util.Optional;

import io.mnemosyne.core.Provenance;

/**
 * Says who answers. It is recorded with every call and is part of the request hash, so that a change of any of the
 * three is a new call.
 *
 * @param provider for example {@code offline}
 * @param model the provider's name of the model
 * @param promptVersion changes whenever the same request would be put or answered differently
 */
public record ModelName(String provider, String model, String promptVersion) {
    /** The provider that works by rule. */
    public static final String OFFLINE = "offline";
    /** The provider that stands in for all others in tests. */
    public static final String STUB = "stub";

    /** The provenance of an answer that nobody billed. */
    public Provenance unbilled(Optional<String> insteadOf) {
        return new Provenance(provider, model, promptVersion, 0, 0, 0, insteadOf);
    }
}
