package io.mnemosyne.replay.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that lines are appended to, and whose length is known. */
final class GrowingFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private long bytes;

    /**
     * Opens a file, or begins it.
     *
     * @param length what is behind it is cut off
     * @throws IOException if the file is shorter, or cannot be written
     */
    GrowingFile(Path path, long length) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.size() < length) {
            channel.close();
            throw new IOException(path + " has " + channel.size() + " bytes instead of the " + length
                    + " written down; delete its directory and begin again");
        }
        channel.truncate(length);
        channel.position(length);
        out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        bytes = length;
    }

    void line(String line) throws IOException {
        byte[] text = line.getBytes(StandardCharsets.UTF_8);
        out.write(text);
        out.write('\n');
        bytes += text.length + 1L;
    }

    void flush() throws IOException {
        out.flush();
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
