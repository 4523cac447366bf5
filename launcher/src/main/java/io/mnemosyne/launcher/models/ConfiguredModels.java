package io.mnemosyne.launcher.models;

import java.util.List;
import java.util.stream.Stream;

import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.models.Chains;
import io.mnemosyne.inference.models.ModelSettings;
import io.mnemosyne.inference.providers.offline.OfflineObserver;
import io.mnemosyne.inference.providers.offline.OfflineReflector;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/** Makes models of settings. */
public final class ConfiguredModels {
    private ConfiguredModels() {
    }

    /**
     * Who answers the requests of all tenants.
     *
     * @param counts raised by what happens to calls
     */
    public static Models models(ModelSettings settings, TokenCounter tokens, Counts counts) {
        if (named(settings).isEmpty()) {
            return new Models(new OfflineObserver(tokens), new OfflineReflector(tokens));
        }
        throw notYet();
    }

    /** Those that answer for everybody where nobody is called. */
    public static Models stub() {
        TokenCounter tokens = O200kTokenCounter.shared();
        return new Models(new OfflineObserver(tokens), new OfflineReflector(tokens));
    }

    /** A model as it is, without retries, limits and budgets. */
    @SuppressWarnings("DoNotCallSuggester") // its callers stay when it calls somebody
    public static ChatModel chat(ModelSettings settings, ModelId model) {
        throw notYet();
    }

    /** The models in the chains of all tenants, each once; the extractor is none. */
    static List<ModelId> named(ModelSettings settings) {
        return Stream.concat(Stream.of(settings.standard()), settings.tenants().values().stream())
                .flatMap(ConfiguredModels::named).distinct().toList();
    }

    static Stream<ModelId> named(Chains chains) {
        return Stream.concat(chains.observer().stream(), chains.reflector().stream())
                .filter(model -> !model.equals(ModelId.OFFLINE)).distinct();
    }

    private static CommandFailure notYet() {
        return new CommandFailure(ExitCode.CONFIGURATION,
                "this version calls no models; name offline only, in models.observer and models.reflector");
    }
}
