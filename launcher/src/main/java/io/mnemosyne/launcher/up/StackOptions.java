package io.mnemosyne.launcher.up;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import picocli.CommandLine.Option;

import io.mnemosyne.launcher.config.Settings;
import io.mnemosyne.launcher.stack.Component;
import io.mnemosyne.launcher.stack.StackPlan;

/** The options that say which services to start, where, and which to use as they are. Each overrides a setting. */
public final class StackOptions extends KafkaOptions {

    @Option(names = "--data", paramLabel = "DIR", description = "Keeps everything that survives a restart. Default: .mnemosyne")
    void data(Path path) {
        override("MNEMOSYNE_STACK_DATA_DIR", path.toString());
    }

    @Option(names = "--opensearch", paramLabel = "URL", description = "Use this OpenSearch instead of starting one.")
    void opensearch(String address) {
        override("MNEMOSYNE_OPENSEARCH_URLS", address);
    }

    @Option(names = "--kafka-port", paramLabel = "N", description = "Default 9092; 0 for any free one.")
    void kafkaPort(int port) {
        override("MNEMOSYNE_STACK_KAFKA_PORT", Integer.toString(port));
    }

    @Option(names = "--registry-port", paramLabel = "N", description = "Default 8081; 0 for any free one.")
    void registryPort(int port) {
        override("MNEMOSYNE_STACK_REGISTRY_PORT", Integer.toString(port));
    }

    @Option(names = "--opensearch-port", paramLabel = "N", description = "Default 9200; 0 for any free one.")
    void opensearchPort(int port) {
        override("MNEMOSYNE_STACK_OPENSEARCH_PORT", Integer.toString(port));
    }

    @Option(names = "--rest-port", paramLabel = "N", description = "Default 8080; 0 for any free one.")
    void restPort(int port) {
        override("MNEMOSYNE_SERVICE_PORT", Integer.toString(port));
    }

    /** Everything that is not there already, at the ports that were asked for. */
    public StackPlan plan() {
        return plan(settings(), overrides());
    }

    static StackPlan plan(Settings settings, Map<String, String> pipelineEnvironment) {
        Map<Component, Integer> ports = new EnumMap<>(Map.of(Component.KAFKA, settings.stack().kafkaPort(),
                Component.REGISTRY, settings.stack().registryPort(), Component.OPENSEARCH,
                settings.stack().opensearchPort(), Component.PIPELINE, settings.service().port()));
        Map<Component, String> existing = new EnumMap<>(Component.class);
        put(existing, Component.KAFKA, settings.kafka().bootstrapServers());
        put(existing, Component.REGISTRY, settings.registry().urls());
        put(existing, Component.OPENSEARCH, settings.opensearch().urls());
        return new StackPlan(settings.stack().data(), EnumSet.allOf(Component.class), ports,
                settings.service().host(), existing,
                pipelineEnvironment);
    }

    private static void put(Map<Component, String> existing, Component component, List<?> addresses) {
        if (!addresses.isEmpty()) {
            existing.put(component, addresses.stream().map(Object::toString).collect(Collectors.joining(",")));
        }
    }
}
