package io.mnemosyne.launcher.replay;

import picocli.CommandLine.Option;

import io.mnemosyne.launcher.config.SettingsOptions;

/** The options that say which models a replay asks. */
final class ModelOptions extends SettingsOptions {
    @Option(names = "--models", description = "Ask the models of the settings instead of the offline extractor: the policy observational only.")
    private boolean models;

    private boolean completions;

    @Option(names = "--observer", paramLabel = "LIST", description = "Ask these models, as models.observer has them, for example anthropic:claude-haiku-4-5,offline.")
    void observer(String chain) {
        models = true;
        override("MNEMOSYNE_MODELS_OBSERVER", chain);
    }

    @Option(names = "--reflector", paramLabel = "LIST", description = "The same for models.reflector.")
    void reflector(String chain) {
        models = true;
        override("MNEMOSYNE_MODELS_REFLECTOR", chain);
    }

    @Option(names = "--summarizer", paramLabel = "LIST", description = "The same for models.summarizer.")
    void summarizer(String chain) {
        models = true;
        override("MNEMOSYNE_MODELS_SUMMARIZER", chain);
    }

    @Option(names = "--completions", paramLabel = "MODE", description = "live: ask for everything. replay-strict: ask for nothing, --reuse has it all. replay-or-call: ask for what --reuse does not have. stub: make everything up. Default: replay-or-call with --reuse, else live.")
    void completions(String mode) {
        models = true;
        completions = true;
        override("MNEMOSYNE_MODELS_MODE", mode);
    }

    /** Whether models are asked. */
    boolean askModels() {
        return models;
    }

    /** Whether the command line says which calls are made. */
    boolean nameMode() {
        return completions;
    }
}
