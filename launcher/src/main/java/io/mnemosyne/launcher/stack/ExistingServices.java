package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/** Services that run already and are used instead of a child. */
final class ExistingServices {
    private static final int CONNECT_MILLIS = 3_000;

    private ExistingServices() {
    }

    /**
     * Checks that something listens at every address; what it speaks, its client finds out.
     *
     * @throws CommandFailure naming the component and the address that does not answer
     */
    static void requireReachable(Map<Component, String> existing) {
        existing.forEach((component, addresses) -> {
            if (List.of(addresses.split(",")).stream().noneMatch(address -> answers(component, address.strip()))) {
                throw new CommandFailure(ExitCode.UNREACHABLE,
                        "%s does not answer at %s: start it, or leave out --%s to run one here"
                                .formatted(component.label(), addresses, component.label()));
            }
        });
    }

    private static boolean answers(Component component, String address) {
        URI uri = URI.create(address.contains("://") ? address : component.label() + "://" + address);
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
