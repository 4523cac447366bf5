package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/**
 * The directory that keeps logs, data and addresses of a stack, held by one run at a time. The operating system
 * releases it when the process ends, however it ends.
 */
final class DataDirectory implements AutoCloseable {
    /** Free space below which nothing is started, bytes. */
    static final long MIN_FREE_BYTES = 1L << 30;

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the directory if need be and takes it for this process.
     *
     * @throws CommandFailure if it cannot be written, has too little space, or another run holds it
     */
    static DataDirectory hold(Path path) {
        try {
            Files.createDirectories(path.resolve("logs"));
            requireSpace(path, Files.getFileStore(path).getUsableSpace());
            return lock(path);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.DATA_UNUSABLE, "cannot write the data directory " + path + " ("
                    + e.getClass().getSimpleName() + ": " + e.getMessage() + "): choose another with --data", e);
        }
    }

    static void requireSpace(Path path, long freeBytes) {
        if (freeBytes < MIN_FREE_BYTES) {
            throw new CommandFailure(ExitCode.DATA_UNUSABLE,
                    "the disk of %s has only %d MiB free and the stack needs at least %d: make room, or choose another directory with --data"
                            .formatted(path, freeBytes >> 20, MIN_FREE_BYTES >> 20));
        }
    }

    Path of(Component component) {
        return path.resolve(component.label());
    }

    Path log(Component component) {
        return path.resolve("logs").resolve(component.label() + ".log");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the data directory " + path, e);
        }
    }

    private static DataDirectory lock(Path path) throws IOException {
        Path file = path.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new CommandFailure(ExitCode.DATA_HELD,
                    "the data directory %s is held by another run%s: stop that one, or choose another directory with --data"
                            .formatted(path, holder(file).map(pid -> " (process " + pid + ")").orElse("")));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return new DataDirectory(path, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static Optional<String> holder(Path file) throws IOException {
        return Optional.of(Files.readString(file).strip()).filter(pid -> !pid.isEmpty());
    }
}
