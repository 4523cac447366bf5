package io.mnemosyne.launcher.up;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.launcher.Main;
import io.mnemosyne.launcher.stack.Component;
import io.mnemosyne.launcher.stack.RunLayout;
import io.mnemosyne.launcher.stack.StackFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The command as a user runs it: a process of its own, which ends well or is killed. */
final class UpIT {
    private static final Duration START_LIMIT = Duration.ofMinutes(6);
    /** What is promised for the children of a launcher that was killed. */
    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path directory = Path.of("");

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void leaveNothingRunning() {
        started.forEach(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    @Test
    void shouldLeaveNoChildWhenItIsKilled() throws IOException {
        // given a run whose last child has just been started
        Process up = up("first");
        List<ProcessHandle> children = await().atMost(START_LIMIT)
                .failFast(() -> assertThat(up.isAlive()).as(output("first")).isTrue())
                .until(() -> up.children().toList(), running -> running.size() == Component.values().length);

        // when
        up.destroyForcibly().onExit().join();

        // then
        await().atMost(ORPHAN_LIMIT).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void shouldRefuseASecondRunAndStopInOrderWhenItIsTerminated() throws IOException {
        // given
        Process up = up("first");
        awaitReady(up, "first");

        // when
        Process second = up("second");

        // then
        assertThat(second.onExit().join().exitValue()).isEqualTo(12);
        assertThat(output("second")).contains("is held by another run (process " + up.pid() + ")");
        assertThat(up.isAlive()).isTrue();

        // when
        up.destroy();

        // then
        assertThat(up.onExit().join().exitValue()).isEqualTo(143);
        assertThat(output("first")).containsSubsequence("pipeline   stopped", "opensearch stopped",
                "registry   stopped", "kafka      stopped");
        assertThat(StackFile.running(data())).isEmpty();
    }

    @Test
    void shouldStartNothingWhenAPortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // when
            Process up = up("first", taken.getLocalPort());

            // then
            assertThat(up.onExit().join().exitValue()).isEqualTo(10);
            assertThat(output("first"))
                    .contains("kafka cannot listen on 127.0.0.1:" + taken.getLocalPort(), "--kafka-port");
            assertThat(data().resolve("logs")).isEmptyDirectory();
        }
    }

    private Process up(String name) throws IOException {
        return up(name, 0);
    }

    private Process up(String name, int kafkaPort) throws IOException {
        RunLayout layout = RunLayout.find();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-cp", layout.agent().resolveSibling("*").toString(), Main.class.getName(), "up", "--data",
                data().toString(), "--kafka-port", Integer.toString(kafkaPort), "--registry-port", "0",
                "--opensearch-port", "0", "--rest-port", "0").redirectErrorStream(true)
                .redirectOutput(log(name).toFile()).start();
        started.add(process);
        return process;
    }

    private StackFile awaitReady(Process up, String name) {
        return await().atMost(START_LIMIT).failFast(() -> assertThat(up.isAlive()).as(output(name)).isTrue())
                .until(() -> StackFile.running(data()), Optional::isPresent).orElseThrow();
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private String output(String name) throws IOException {
        return Files.readString(log(name));
    }
}
