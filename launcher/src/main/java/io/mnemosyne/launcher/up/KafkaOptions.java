package io.mnemosyne.launcher.up;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import picocli.CommandLine.Option;

import io.mnemosyne.launcher.config.Settings;

/** The options that name a broker and a registry. Each overrides a setting. */
public class KafkaOptions {
    /** The given options as the environment variables of the settings that they override. */
    private final Map<String, String> overrides = new HashMap<>();

    @Option(names = "--config", paramLabel = "FILE", description = "TOML file with settings; see docs/configuration.md.")
    void config(Path path) {
        override(Settings.FILE_VARIABLE, path.toString());
    }

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Use this broker, which runs already.")
    void kafka(String address) {
        override("MNEMOSYNE_KAFKA_BOOTSTRAP_SERVERS", address);
    }

    @Option(names = "--registry", paramLabel = "URL", description = "Use this schema registry, which runs already: the base URL of its Confluent-compatible API.")
    void registry(String address) {
        override("MNEMOSYNE_REGISTRY_URLS", address);
    }

    /** The settings with the options laid over them. */
    final Settings settings() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(overrides);
        return Settings.read(environment);
    }

    final Map<String, String> overrides() {
        return Map.copyOf(overrides);
    }

    final void override(String variable, String value) {
        overrides.put(variable, value);
    }
}
