package io.mnemosyne.launcher.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How one child JVM is started and how to tell that it is ready.
 *
 * @param arguments of the {@code java} command
 * @param environment variables besides the inherited ones
 * @param directory it works in
 * @param log file for what it prints
 * @param readiness asked again and again until it says yes
 * @param address printed when it is ready
 */
record ChildSpec(Component component, List<String> arguments, Map<String, String> environment, Path directory, Path log,
        Readiness readiness, String address) {
    /** How long a child may take to become ready. */
    static final Duration START_LIMIT = Duration.ofMinutes(5);

    ChildSpec {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}
