package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One broker, registry and OpenSearch for all tests that can share them: started for the first that takes a parameter
 * of this type, stopped after the last test of the run. Each test class keeps to a prefix of its own.
 */
public final class SharedServices implements AutoCloseable {
    private final Path data;
    private final LocalStack stack;

    private SharedServices() {
        try {
            Path target = Files.createDirectories(Path.of("target", "shared-services"));
            data = Files.createTempDirectory(target, "run");
            stack = LocalStack.start(
                    StackPlan.onFreePorts(data, Component.KAFKA, Component.REGISTRY, Component.OPENSEARCH));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Addresses addresses() {
        return stack.addresses();
    }

    /** Where they keep their files and logs. */
    public Path data() {
        return data;
    }

    /**
     * A plan for a pipeline on these services.
     *
     * @param data directory of the pipeline
     * @param prefix of its topics and its index; empty for the names that the documentation uses
     */
    public StackPlan pipeline(Path data, String prefix, Map<String, String> environment) {
        Map<String, String> names = new HashMap<>(environment);
        names.put("MNEMOSYNE_KAFKA_TOPIC_PREFIX", prefix);
        names.put("MNEMOSYNE_OPENSEARCH_INDEX", prefix + "mnemosyne");
        return StackPlan.onFreePorts(data, Component.values())
                .withExisting(Map.of(Component.KAFKA, addresses().kafka(), Component.REGISTRY,
                        addresses().registry(), Component.OPENSEARCH, addresses().opensearch()))
                .withPipelineEnvironment(names);
    }

    @Override
    public void close() {
        stack.close();
    }

    /** Gives the services to a test that asks for them. */
    public static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SharedServices.class;
        }

        @Override
        public SharedServices resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL)
                    .getOrComputeIfAbsent(SharedServices.class, _ -> new SharedServices(), SharedServices.class);
        }
    }
}
