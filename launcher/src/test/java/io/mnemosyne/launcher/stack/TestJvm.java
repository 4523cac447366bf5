package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts programs of the tests in processes of their own, which end with this one, however it ends. */
public final class TestJvm {
    private TestJvm() {
    }

    /** @param log takes what it writes to both streams */
    public static Process start(Class<?> main, Path log, Map<String, String> environment, String... arguments)
            throws IOException {
        Path agent = RunLayout.find().agent();
        Path tests = Path.of(main.getProtectionDomain().getCodeSource().getLocation().getPath());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-javaagent:" + agent, "-Xmx384m",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp", tests + ":" + agent.resolveSibling("*"), main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
