package io.mnemosyne.replay.measure;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** A file of JSON objects, one per line, that is read through once and then at any place. Thread-safe. */
final class LineFile implements Closeable {
    private static final int BUFFER = 1 << 20;
    private static final JsonMapper JSON = JsonMapper
            .builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Path file;
    private final FileChannel channel;

    private LineFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a file.
     *
     * @throws BrokenRunException if it cannot be opened
     */
    static LineFile open(Path file) {
        try {
            return new LineFile(file, FileChannel.open(file));
        } catch (IOException e) {
            String problem = Files.exists(file)
                    ? e.getMessage()
                    : "there is no such file; a run directory holds prompts.jsonl and blocks.jsonl";
            throw new BrokenRunException("cannot read " + file + ": " + problem, e);
        }
    }

    /**
     * Where a line is.
     *
     * @param number from 1
     */
    record Line(long offset, int bytes, int number) {
    }

    /** Is given a line with its place. */
    @FunctionalInterface
    interface Visitor {
        void line(LineFields fields, Line line);
    }

    /** Visits every line that is not empty. */
    void visit(Visitor visitor) {
        byte[] buffer = new byte[BUFFER];
        int filled = 0;
        long offset = 0;
        int number = 1;
        boolean more = true;
        while (more) {
            int read = read(ByteBuffer.wrap(buffer, filled, buffer.length - filled), offset + filled);
            more = read >= 0;
            filled += Math.max(0, read);
            int from = 0;
            int end = end(buffer, 0, filled, more);
            while (end >= 0) {
                Line line = new Line(offset + from, end - from, number++);
                if (!isBlank(buffer, from, end)) {
                    visitor.line(parse(buffer, from, line), line);
                }
                from = Math.min(end + 1, filled);
                end = end(buffer, from, filled, more);
            }
            offset += from;
            filled -= from;
            // A line that fills the buffer needs a larger one.
            byte[] rest = filled == buffer.length ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, from, rest, 0, filled);
            buffer = rest;
        }
    }

    /** Where the line that begins at an offset ends; -1 if that is not known yet, or if none begins there. */
    private static int end(byte[] bytes, int from, int to, boolean more) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return more || from == to ? -1 : to;
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0 || bytes[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    /** Reads one line again. */
    LineFields read(Line line) {
        byte[] bytes = new byte[line.bytes];
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            if (read(rest, line.offset + rest.position()) < 0) {
                throw broken(line, "the file became shorter while it was read");
            }
        }
        return parse(bytes, 0, line);
    }

    private int read(ByteBuffer target, long offset) {
        try {
            return channel.read(target, offset);
        } catch (IOException e) {
            throw new BrokenRunException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private LineFields parse(byte[] bytes, int from, Line line) {
        try {
            JsonNode object = JSON.readTree(bytes, from, line.bytes);
            LineFields fields = new LineFields(object, problem -> broken(line, problem));
            if (!object.isObject()) {
                throw fields.broken("a line must be a JSON object");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw broken(line, "not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw broken(line, String.valueOf(e.getMessage()));
        }
    }

    /** An error in a line. */
    BrokenRunException broken(Line line, String problem) {
        return new BrokenRunException(file, line.number, problem);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
