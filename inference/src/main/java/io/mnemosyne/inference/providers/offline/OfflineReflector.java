package io.mnemosyne.inference.providers.offline;

import io.mnemosyne.core.reflect.OfflineReflection;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelName;

/** Writes reflections by rule. Pure: the same request always gives the same answer, and nothing leaves the process. */
public final class OfflineReflector implements Model<ReflectionRequest, ReflectionResult.Outcome> {
    private static final ModelName NAME = new ModelName(ModelName.OFFLINE, "rules", "1");

    private final TokenCounter tokens;

    public OfflineReflector(TokenCounter tokens) {
        this.tokens = tokens;
    }

    @Override
    public ModelName nameFor(ReflectionRequest request) {
        return NAME;
    }

    @Override
    public ReflectionResult.Outcome answer(ReflectionRequest request, CallContext context) {
        return reflect(request).by(NAME.unbilled(context.insteadOf()));
    }

    /** The reflection of a request, as the first choice. */
    public ReflectionResult.Reflected reflect(ReflectionRequest request) {
        return OfflineReflection.reflect(request, tokens);
    }
}
