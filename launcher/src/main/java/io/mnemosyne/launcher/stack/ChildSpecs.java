package io.mnemosyne.launcher.stack;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.mnemosyne.launcher.broker.BrokerMain;
import io.mnemosyne.launcher.pipeline.PipelineMain;

/** The command lines of the children. */
final class ChildSpecs {
    private static final List<String> QUIET_JVM = List.of("--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow", "-XX:+ExitOnOutOfMemoryError");

    private final StackPlan plan;
    private final RunLayout layout;
    private final DataDirectory data;
    private final Ports ports;
    private final Addresses addresses;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1)).build();

    ChildSpecs(StackPlan plan, RunLayout layout, DataDirectory data, Ports ports) {
        this.plan = plan;
        this.layout = layout;
        this.data = data;
        this.ports = ports;
        this.addresses = addresses(plan, ports);
    }

    Addresses addresses() {
        return addresses;
    }

    ChildSpec of(Component component) {
        return switch (component) {
            case KAFKA -> kafka();
            case REGISTRY -> registry();
            case OPENSEARCH -> opensearch();
            case PIPELINE -> pipeline();
        };
    }

    private ChildSpec kafka() {
        Path log = data.log(Component.KAFKA);
        List<String> arguments = java(List.of("-Xmx512m", "-XX:+UseSerialGC"), layout.app() + "/*",
                BrokerMain.class.getName(), data.of(Component.KAFKA).resolve("log").toString(),
                port(Component.KAFKA), Integer.toString(ports.controller()));
        return spec(Component.KAFKA, arguments, Map.of(), Readiness.logLine(log, BrokerMain.READY),
                addresses.kafka());
    }

    private ChildSpec registry() {
        Path database = data.of(Component.REGISTRY).resolve("registry");
        List<String> arguments = new ArrayList<>(QUIET_JVM);
        arguments.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port(Component.REGISTRY),
                "-Dquarkus.management.host=127.0.0.1", "-Dquarkus.management.port=0",
                "-Dapicurio.datasource.url=jdbc:h2:file:" + database, "-jar", layout.registryJar().toString()));
        return spec(Component.REGISTRY, arguments,
                Map.of("APICURIO_STORAGE_KIND", "sql", "APICURIO_STORAGE_SQL_KIND", "h2"),
                Readiness.http(http, addresses.registry() + "/subjects"), addresses.registry());
    }

    private ChildSpec opensearch() {
        Path home = data.of(Component.OPENSEARCH);
        List<String> arguments = java(
                List.of("-Xmx768m", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector"),
                layout.search() + "/*", "io.mnemosyne.search.SearchNodeMain", "path.home=" + home,
                "path.data=" + home.resolve("data"), "path.logs=" + home.resolve("logs"),
                "discovery.type=single-node", "cluster.name=mnemosyne", "node.name=local", "network.host=127.0.0.1",
                "http.port=" + port(Component.OPENSEARCH), "transport.port=0",
                "cluster.routing.allocation.disk.threshold_enabled=false");
        return spec(Component.OPENSEARCH, arguments, Map.of(),
                Readiness.http(http, addresses.opensearch() + "/_cluster/health?wait_for_status=yellow&timeout=1s"),
                addresses.opensearch());
    }

    private ChildSpec pipeline() {
        Map<String, String> environment = new HashMap<>(plan.pipelineEnvironment());
        environment.put("MNEMOSYNE_KAFKA_BOOTSTRAP_SERVERS", addresses.kafka());
        environment.put("MNEMOSYNE_REGISTRY_URLS", addresses.registry());
        environment.put("MNEMOSYNE_OPENSEARCH_URLS", addresses.opensearch());
        environment.put("MNEMOSYNE_SERVICE_PORT", port(Component.PIPELINE));
        environment.put("MNEMOSYNE_STACK_DATA_DIR", data.path().toString());
        // It works where the user does, so that relative paths in the settings mean the same to it.
        return new ChildSpec(Component.PIPELINE,
                java(List.of("-Xmx1g", "-XX:+UseSerialGC"), layout.app() + "/*", PipelineMain.class.getName()),
                environment, Path.of("").toAbsolutePath(), data.log(Component.PIPELINE),
                Readiness.logLine(data.log(Component.PIPELINE), PipelineMain.READY), addresses.service());
    }

    private ChildSpec spec(Component component, List<String> arguments, Map<String, String> environment,
            Readiness readiness, String address) {
        return new ChildSpec(component, arguments, environment, data.of(component), data.log(component), readiness,
                address);
    }

    private String port(Component component) {
        return Integer.toString(ports.port(component));
    }

    private static List<String> java(List<String> flags, String classPath, String main, String... arguments) {
        List<String> all = new ArrayList<>(QUIET_JVM);
        all.addAll(flags);
        all.addAll(List.of("-cp", classPath, main));
        all.addAll(List.of(arguments));
        return all;
    }

    private static Addresses addresses(StackPlan plan, Ports ports) {
        return new Addresses(address(plan, ports, Component.KAFKA, "127.0.0.1:%d"),
                address(plan, ports, Component.REGISTRY, "http://127.0.0.1:%d" + Addresses.REGISTRY_API),
                address(plan, ports, Component.OPENSEARCH, "http://127.0.0.1:%d"),
                address(plan, ports, Component.PIPELINE, "http://" + plan.reachableServiceHost() + ":%d"));
    }

    /** Of an existing service as given, of a child with its port, and empty for a component that the plan leaves out. */
    private static String address(StackPlan plan, Ports ports, Component component, String pattern) {
        if (plan.starts(component)) {
            return pattern.formatted(ports.port(component));
        }
        return plan.existing().getOrDefault(component, "");
    }
}
