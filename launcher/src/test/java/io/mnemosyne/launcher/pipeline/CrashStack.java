package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.mnemosyne.launcher.client.ServiceClient;
import io.mnemosyne.launcher.stack.Addresses;
import io.mnemosyne.launcher.stack.Component;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.stack.SharedServices;
import io.mnemosyne.launcher.stack.StackPlan;

/**
 * A broker, a pipeline without a worker, and a worker, each of which can be killed and comes back on its data and at its
 * address. Registry and OpenSearch are the shared ones.
 */
final class CrashStack implements AutoCloseable {
    private final Path directory;
    private final Path hold;
    private final Map<String, String> workerEnvironment;
    private StackPlan brokerPlan;
    private StackPlan pipelinePlan;
    private LocalStack broker;
    private LocalStack pipeline;
    private HeldWorker worker;

    /** @param environment more settings of the pipeline */
    CrashStack(Path directory, SharedServices services, String prefix, Map<String, String> environment) {
        this.directory = directory;
        this.hold = directory.resolve("hold");
        brokerPlan = StackPlan.onFreePorts(directory.resolve("broker"), Component.KAFKA);
        broker = LocalStack.start(brokerPlan);
        String kafka = broker.addresses().kafka();
        brokerPlan = at(brokerPlan, Component.KAFKA, URI.create("kafka://" + kafka).getPort());
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("MNEMOSYNE_WORKER_IN_PIPELINE", "false");
        pipelinePlan = services.pipeline(directory.resolve("pipeline"), prefix, settings)
                .withExisting(Map.of(Component.KAFKA, kafka, Component.REGISTRY, services.addresses().registry(),
                        Component.OPENSEARCH, services.addresses().opensearch()));
        workerEnvironment = Map.of("MNEMOSYNE_KAFKA_BOOTSTRAP_SERVERS", kafka, "MNEMOSYNE_REGISTRY_URLS",
                services.addresses().registry(), "MNEMOSYNE_KAFKA_TOPIC_PREFIX", prefix);
        pipeline = LocalStack.start(pipelinePlan);
        pipelinePlan = at(pipelinePlan, Component.PIPELINE, URI.create(pipeline.addresses().service()).getPort());
        worker = HeldWorker.start(directory, hold, workerEnvironment);
    }

    Addresses addresses() {
        return pipeline.addresses();
    }

    ServiceClient service() {
        return new ServiceClient(URI.create(addresses().service()));
    }

    HeldWorker worker() {
        return worker;
    }

    /** From now on no model call ends. */
    void hold() {
        try {
            Files.createFile(hold);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Model calls end again. */
    void release() {
        try {
            Files.deleteIfExists(hold);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9 */
    void kill(Victim victim) {
        switch (victim) {
            case WORKER -> worker.kill();
            case TOPOLOGIES -> kill(pipeline, Component.PIPELINE);
            case BROKER -> kill(broker, Component.KAFKA);
        }
    }

    void startAgain(Victim victim) {
        switch (victim) {
            case WORKER -> worker = HeldWorker.start(directory, hold, workerEnvironment);
            case TOPOLOGIES -> pipeline = LocalStack.start(pipelinePlan);
            case BROKER -> broker = LocalStack.start(brokerPlan);
        }
    }

    @Override
    public void close() {
        worker.close();
        pipeline.close();
        broker.close();
    }

    /** What is killed. */
    enum Victim {
        WORKER,
        TOPOLOGIES,
        BROKER
    }

    private static void kill(LocalStack stack, Component component) {
        stack.process(component).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        stack.close();
    }

    private static StackPlan at(StackPlan plan, Component component, int port) {
        return new StackPlan(plan.data(), Set.of(component), Map.of(component, port), plan.serviceHost(),
                plan.existing(), plan.pipelineEnvironment());
    }
}
