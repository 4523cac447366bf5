package io.mnemosyne.launcher.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.stack.StackFile;

/** The options by which a command finds the service. */
public final class ServiceAddress {
    private static final String DEFAULT_URL = "http://127.0.0.1:8080";

    @Option(names = "--url", paramLabel = "URL", description = "The service. Default: that of the stack that runs in --data, else "
            + DEFAULT_URL + ".")
    @Nullable
    URI url;

    @Option(names = "--data", paramLabel = "DIR", defaultValue = ".mnemosyne", description = "Data directory of a running stack. Default: ${DEFAULT-VALUE}.")
    Path data = Path.of(".mnemosyne");

    @Option(names = "--tenant", paramLabel = "NAME", defaultValue = ThreadKey.DEFAULT_TENANT, description = "Default: ${DEFAULT-VALUE}.")
    String tenant = ThreadKey.DEFAULT_TENANT;

    ServiceClient connect() {
        return new ServiceClient(service());
    }

    URI service() {
        return Optional.ofNullable(url).orElseGet(this::ofRunningStack);
    }

    private URI ofRunningStack() {
        return URI.create(StackFile.running(data).map(stack -> stack.addresses().service()).orElse(DEFAULT_URL));
    }
}
