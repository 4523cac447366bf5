package io.mnemosyne.launcher.stack;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What to start and where.
 *
 * @param data directory that keeps everything that survives a restart
 * @param components to start as children
 * @param ports port of each component, 0 for any free one; a component that is left out has its default
 * @param serviceHost address that the pipeline's REST service binds
 * @param existing addresses of services that run already and are used instead of a child
 * @param pipelineEnvironment environment variables of the pipeline besides the addresses
 */
public record StackPlan(Path data, Set<Component> components, Map<Component, Integer> ports, String serviceHost,
        Map<Component, String> existing, Map<String, String> pipelineEnvironment) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Set<String> ANY = Set.of("0.0.0.0", "::");

    public StackPlan {
        data = data.toAbsolutePath().normalize();
        components = Set.copyOf(components);
        ports = Map.copyOf(ports);
        existing = Map.copyOf(existing);
        pipelineEnvironment = Map.copyOf(pipelineEnvironment);
    }

    /** Only the named components, on free ports, so that several such stacks run side by side. */
    public static StackPlan onFreePorts(Path data, Component... components) {
        Map<Component, Integer> ports = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            ports.put(component, 0);
        }
        return new StackPlan(data, Set.of(components), ports, LOOPBACK, Map.of(), Map.of());
    }

    /** The same plan with services that run already. */
    public StackPlan withExisting(Map<Component, String> services) {
        return new StackPlan(data, components, ports, serviceHost, services, pipelineEnvironment);
    }

    /** The same plan with more environment variables for the pipeline. */
    public StackPlan withPipelineEnvironment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(pipelineEnvironment);
        environment.putAll(more);
        return new StackPlan(data, components, ports, serviceHost, existing, environment);
    }

    /** The host under which the service is reached from here; a service that binds every address is reached on loopback. */
    String reachableServiceHost() {
        return ANY.contains(serviceHost) ? LOOPBACK : serviceHost.contains(":") ? "[" + serviceHost + "]" : serviceHost;
    }

    boolean starts(Component component) {
        return components.contains(component) && !existing.containsKey(component);
    }

    int port(Component component) {
        return ports.getOrDefault(component, component.defaultPort());
    }
}
