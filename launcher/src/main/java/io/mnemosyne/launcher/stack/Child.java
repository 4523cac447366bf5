package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/** A running child JVM. It lives as long as the pipe to its standard input. */
final class Child {
    private static final int QUOTED_LINES = 15;
    /** Longer than the grace that the child's own watch gives it. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(9);

    private final ChildSpec spec;
    private final Process process;

    private Child(ChildSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    /**
     * Starts the JVM with the agent that ends it with its parent. A terminal sends Ctrl-C to all processes of a
     * command; the shell makes the child ignore it, so that the parent can stop its children in order.
     */
    static Child start(ChildSpec spec, Path agent) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-javaagent:" + agent));
        command.addAll(spec.arguments());
        try {
            keepPreviousLog(spec.log());
            Files.createDirectories(spec.directory());
            ProcessBuilder builder = new ProcessBuilder(command).directory(spec.directory().toFile())
                    .redirectErrorStream(true).redirectOutput(spec.log().toFile());
            builder.environment().putAll(spec.environment());
            return new Child(spec, builder.start());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.DATA_UNUSABLE,
                    "cannot start " + spec.component().label() + " in " + spec.directory() + ": " + e.getMessage(), e);
        }
    }

    ChildSpec spec() {
        return spec;
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks the child to exit by closing its pipe, and kills it if it does not. */
    void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The child is gone already.
        }
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What to tell the user when the child is dead. */
    CommandFailure death() {
        List<String> log = log();
        CauseOfDeath cause = CauseOfDeath.of(log);
        return new CommandFailure(cause.code(),
                "%s ended with exit code %d%s. The last lines of %s:%n%s".formatted(spec.component().label(),
                        process.exitValue(), cause.explanation(), spec.log(), last(log)));
    }

    /** What to tell the user when the child takes too long. */
    CommandFailure notReady() {
        return new CommandFailure(ExitCode.NOT_READY,
                "%s was not ready after %d s. The last lines of %s:%n%s".formatted(spec.component().label(),
                        ChildSpec.START_LIMIT.toSeconds(), spec.log(), last(log())));
    }

    private List<String> log() {
        try {
            return new String(Files.readAllBytes(spec.log()), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of("(cannot read it: " + e.getMessage() + ")");
        }
    }

    private static String last(List<String> lines) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size())).indent(2)
                .stripTrailing();
    }

    private static void keepPreviousLog(Path log) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
