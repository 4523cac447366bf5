package io.mnemosyne.launcher.up;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.stack.Component;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.stack.StackPlan;

/** {@code mnemosyne up}: runs the local stack and the pipeline until it is told to stop. */
@Command(name = "up", mixinStandardHelpOptions = true, description = "Start Kafka, the schema registry, OpenSearch and the pipeline; Ctrl-C stops them.")
public final class UpCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", defaultValue = ".mnemosyne", description = "Keeps everything that survives a restart. Default: ${DEFAULT-VALUE}")
    Path data = Path.of(".mnemosyne");

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Use this broker instead of starting one.")
    @Nullable
    String kafka;

    @Option(names = "--registry", paramLabel = "URL", description = "Use this schema registry: the base URL of its Confluent-compatible API.")
    @Nullable
    String registry;

    @Option(names = "--opensearch", paramLabel = "URL", description = "Use this OpenSearch instead of starting one.")
    @Nullable
    String opensearch;

    @Option(names = "--kafka-port", paramLabel = "N", description = "Default 9092; 0 for any free one.")
    @Nullable
    Integer kafkaPort;

    @Option(names = "--registry-port", paramLabel = "N", description = "Default 8081; 0 for any free one.")
    @Nullable
    Integer registryPort;

    @Option(names = "--opensearch-port", paramLabel = "N", description = "Default 9200; 0 for any free one.")
    @Nullable
    Integer opensearchPort;

    @Option(names = "--rest-port", paramLabel = "N", description = "Default 8080; 0 for any free one.")
    @Nullable
    Integer restPort;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        long begin = System.nanoTime();
        LocalStack stack = LocalStack.prepare(plan(), new PrintedProgress(out));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
        stack.start();
        out.printf("ready in %.1f s; data in %s; Ctrl-C stops%n", (System.nanoTime() - begin) / 1e9,
                data.toAbsolutePath().normalize());
        out.flush();
        Optional<CommandFailure> death = stack.awaitEnd();
        stack.close();
        if (death.isPresent()) {
            throw death.get();
        }
        return ExitCode.OK.number();
    }

    private StackPlan plan() {
        Map<Component, String> existing = new EnumMap<>(Component.class);
        put(existing, Component.KAFKA, kafka);
        put(existing, Component.REGISTRY, registry);
        put(existing, Component.OPENSEARCH, opensearch);
        Map<Component, Integer> ports = new EnumMap<>(Component.class);
        put(ports, Component.KAFKA, kafkaPort);
        put(ports, Component.REGISTRY, registryPort);
        put(ports, Component.OPENSEARCH, opensearchPort);
        put(ports, Component.PIPELINE, restPort);
        return new StackPlan(data, EnumSet.allOf(Component.class), ports, existing, Map.of());
    }

    private static <T> void put(Map<Component, T> map, Component component, @Nullable T value) {
        if (value != null) {
            map.put(component, value);
        }
    }
}
