package io.mnemosyne.inference.providers.offline;

import io.mnemosyne.core.reflect.OfflineReflection;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.inference.providers.ReflectorModel;

/** Writes reflections by rule. Pure: the same request always gives the same answer, and nothing leaves the process. */
public final class OfflineReflector implements ReflectorModel {
    private static final ModelName NAME = new ModelName("offline", "rules", "1");

    private final TokenCounter tokens;

    public OfflineReflector(TokenCounter tokens) {
        this.tokens = tokens;
    }

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public ReflectionResult.Outcome reflect(ReflectionRequest request) {
        return OfflineReflection.reflect(request, tokens);
    }
}
