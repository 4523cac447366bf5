package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class PortsTest {
    private static final Path DATA = Path.of("data");

    @Test
    void shouldFindDifferentFreePortsWhenThePlanLeavesThemOpen() {
        Ports ports = Ports.take(StackPlan.onFreePorts(DATA, Component.values()));

        assertThat(ports.of().values()).doesNotHaveDuplicates().hasSize(4).allMatch(port -> port > 0);
        assertThat(ports.of().values()).doesNotContain(ports.controller());
    }

    @Test
    void shouldNameEveryComponentWhosePortIsInUse() throws IOException {
        try (ServerSocket one = listen(); ServerSocket other = listen()) {
            StackPlan plan = plan(Map.of(Component.KAFKA, one.getLocalPort(), Component.REGISTRY, 0,
                    Component.OPENSEARCH, 0, Component.PIPELINE, other.getLocalPort()), Map.of());

            assertThatThrownBy(() -> Ports.take(plan))
                    .isInstanceOfSatisfying(CommandFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(ExitCode.PORT_IN_USE))
                    .hasMessageContainingAll("kafka cannot listen on 127.0.0.1:" + one.getLocalPort(), "--kafka-port",
                            "pipeline cannot listen on 127.0.0.1:" + other.getLocalPort(), "--rest-port");
        }
    }

    @Test
    void shouldNotCareForThePortOfAServiceThatIsNotStarted() throws IOException {
        try (ServerSocket broker = listen()) {
            StackPlan plan = plan(Map.of(Component.KAFKA, broker.getLocalPort(), Component.REGISTRY, 0,
                    Component.OPENSEARCH, 0, Component.PIPELINE, 0),
                    Map.of(Component.KAFKA, "127.0.0.1:" + broker.getLocalPort()));

            assertThat(Ports.take(plan).of()).doesNotContainKey(Component.KAFKA);
        }
    }

    private static StackPlan plan(Map<Component, Integer> ports, Map<Component, String> existing) {
        return new StackPlan(DATA, EnumSet.allOf(Component.class), ports, "127.0.0.1", existing, Map.of());
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
