package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.mnemosyne.launcher.stack.TestJvm;

import static org.awaitility.Awaitility.await;

/** The process of a {@link HeldWorkerMain}. It ends with this one, however this one ends. */
final class HeldWorker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;

    private HeldWorker(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one and waits until it runs. */
    static HeldWorker start(Path directory, Path hold, Map<String, String> environment) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(directory), "worker", ".log");
            HeldWorker worker = new HeldWorker(
                    TestJvm.start(HeldWorkerMain.class, log, environment, hold.toString()), log);
            await("start of the worker that writes " + log).atMost(PATIENCE)
                    .until(() -> worker.lines().contains(PipelineMain.READY));
            return worker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until so many calls have begun. */
    void awaitCalls(int count) {
        await(count + " model calls, see " + log).atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> ids("begun").size() >= count);
    }

    /** Waits until calls that were held have not ended. */
    void awaitHeld() {
        await("a held model call, see " + log).atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> !ids("ended").containsAll(ids("held")));
    }

    /** How many calls have begun and not ended. */
    int underWay() {
        return ids("begun").size() - ids("ended").size();
    }

    int calls() {
        return ids("begun").size();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private Set<String> ids(String what) {
        Set<String> ids = new HashSet<>();
        lines().stream().filter(line -> line.startsWith(what + " ")).map(line -> line.substring(what.length() + 1))
                .forEach(ids::add);
        return ids;
    }

    private List<String> lines() {
        try {
            return Files.readString(log).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
