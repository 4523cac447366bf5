package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/**
 * What the file {@code stack.json} in the data directory tells other commands of a running stack.
 *
 * @param pid process that holds the data directory
 * @param ready whether everything serves
 * @param addresses of the services
 * @param children processes that end with it
 */
public record StackFile(long pid, boolean ready, Addresses addresses, List<ChildProcess> children) {
    private static final String NAME = "stack.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    public StackFile {
        children = List.copyOf(children);
    }

    /**
     * One child.
     *
     * @param startedAt milliseconds since 1970, tells the process from a later one with the same number
     */
    public record ChildProcess(String component, long pid, long startedAt) {
        static ChildProcess of(Child child) {
            ProcessHandle handle = child.process().toHandle();
            return new ChildProcess(child.spec().component().label(), handle.pid(), startedAt(handle));
        }

        Optional<ProcessHandle> running() {
            return ProcessHandle.of(pid).filter(handle -> startedAt(handle) == startedAt);
        }

        private static long startedAt(ProcessHandle handle) {
            return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        }
    }

    /** The file of a data directory, whether or not its stack still runs; empty if there is none. */
    static Optional<StackFile> read(Path data) {
        Path file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), StackFile.class));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.DATA_UNUSABLE,
                    file + " is not readable (" + e.getMessage() + "): remove it if no stack runs here", e);
        }
    }

    /** The stack that runs on a data directory and is ready. */
    public static Optional<StackFile> running(Path data) {
        return read(data).filter(file -> file.ready && ProcessHandle.of(file.pid).isPresent());
    }

    void write(Path data) {
        Path file = data.resolve(NAME);
        Path next = data.resolve(NAME + ".next");
        try {
            Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.DATA_UNUSABLE, "cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    static void remove(Path data) {
        try {
            Files.deleteIfExists(data.resolve(NAME));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.DATA_UNUSABLE, "cannot remove " + data.resolve(NAME), e);
        }
    }
}
