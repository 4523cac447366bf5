package io.mnemosyne.inference.providers.stub;

import io.mnemosyne.core.reflect.OfflineReflection;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelName;

/** Reflects by rule: the stage accepts only what is not empty and smaller than what it replaces. */
public final class StubReflector implements Model<ReflectionRequest, ReflectionResult.Outcome> {
    private static final ModelName NAME = new ModelName(ModelName.STUB, "reflector", "1");

    private final TokenCounter tokens;

    public StubReflector(TokenCounter tokens) {
        this.tokens = tokens;
    }

    @Override
    public ModelName nameFor(ReflectionRequest request) {
        return NAME;
    }

    @Override
    public ReflectionResult.Outcome answer(ReflectionRequest request, CallContext context) {
        return OfflineReflection.reflect(request, tokens).by(NAME.unbilled(context.insteadOf()));
    }
}
