package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/**
 * The ports of one run, all checked to be free on loopback before anything starts.
 *
 * @param of port of each component that is started
 * @param controller port of the broker's controller, free each time
 */
record Ports(Map<Component, Integer> of, int controller) {
    /**
     * Where free ports are looked for: below those that systems give to outgoing connections, or one of these would
     * take the port while the child that is to listen there is still starting.
     */
    private static final int FIRST_FREE = 15_000;
    private static final int LAST_FREE = 32_000;
    private static final int ATTEMPTS = 1_000;

    Ports {
        of = Map.copyOf(of);
    }

    /** Takes the planned ports and finds free ones where the plan leaves it open. */
    static Ports take(StackPlan plan) {
        List<ServerSocket> held = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        try {
            Map<Component, Integer> ports = new EnumMap<>(Component.class);
            for (Component component : Component.values()) {
                if (plan.starts(component)) {
                    take(plan.port(component), held).ifPresentOrElse(port -> ports.put(component, port),
                            () -> taken.add(inUse(component, plan.port(component))));
                }
            }
            if (!taken.isEmpty()) {
                throw new CommandFailure(ExitCode.PORT_IN_USE, String.join("\n", taken));
            }
            return new Ports(ports, take(0, held).orElseThrow());
        } finally {
            held.forEach(Ports::close);
        }
    }

    int port(Component component) {
        Integer port = of.get(component);
        if (port == null) {
            throw new IllegalStateException(component.label() + " is not started, so it has no port");
        }
        return port;
    }

    private static OptionalInt take(int port, List<ServerSocket> held) {
        return port != 0
                ? bind(port, held)
                : ThreadLocalRandom.current().ints(ATTEMPTS, FIRST_FREE, LAST_FREE).mapToObj(any -> bind(any, held))
                        .flatMapToInt(OptionalInt::stream).findFirst();
    }

    /** Binds the port and keeps it bound, so that no free port is found twice. Empty if another process has it. */
    private static OptionalInt bind(int port, List<ServerSocket> held) {
        try {
            ServerSocket socket = new ServerSocket();
            held.add(socket);
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return OptionalInt.of(socket.getLocalPort());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    private static String inUse(Component component, int port) {
        return "%s cannot listen on 127.0.0.1:%d, the port is in use: stop what listens there, or choose another port with --%s-port N (0 for any free one)"
                .formatted(component.label(), port, component == Component.PIPELINE ? "rest" : component.label());
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release a port", e);
        }
    }
}
