package io.mnemosyne.launcher.up;

import picocli.CommandLine.Option;

import io.mnemosyne.launcher.config.SettingsOptions;

/** The options that name a broker and a registry. */
public class KafkaOptions extends SettingsOptions {

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Use this broker, which runs already.")
    void kafka(String address) {
        override("MNEMOSYNE_KAFKA_BOOTSTRAP_SERVERS", address);
    }

    @Option(names = "--registry", paramLabel = "URL", description = "Use this schema registry, which runs already: the base URL of its Confluent-compatible API.")
    void registry(String address) {
        override("MNEMOSYNE_REGISTRY_URLS", address);
    }
}
