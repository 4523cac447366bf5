package io.mnemosyne.replay.log;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.mnemosyne.replay.policy.RecordedCalls;

/** The answers that an earlier run wrote down. Memory holds only where each of them stands. Thread-safe. */
public final class RecordedCallsFile implements RecordedCalls, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Place> places = new HashMap<>();
    private final long length;

    private record Place(long from, int bytes) {
    }

    /**
     * Reads where the answers of a run stand.
     *
     * @param run directory of the earlier run
     * @throws IOException if it has no answers, or they cannot be read
     */
    public static RecordedCallsFile of(Path run) throws IOException {
        return new RecordedCallsFile(run.resolve(RunFile.COMPLETIONS.fileName()));
    }

    RecordedCallsFile(Path path) throws IOException {
        this.path = path;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            long from = 0;
            // What has no end was under way when its writer was killed.
            for (byte[] line = line(in); line.length > 0 && line[line.length - 1] == '\n'; line = line(in)) {
                JsonNode call = JSON.readTree(line);
                places.put(name(call.path("session").asText(), call.path("requestHash").asText()),
                        new Place(from, line.length));
                from += line.length;
            }
            length = from;
        }
        channel = FileChannel.open(path);
    }

    @Override
    public Optional<String> find(String session, String requestHash) {
        return Optional.ofNullable(places.get(name(session, requestHash))).map(this::response);
    }

    /** What stands in a line. */
    static ObjectNode entry(String session, String requestHash, String response) {
        return JSON.createObjectNode().put("session", session).put("requestHash", requestHash)
                .put("response", response);
    }

    /** How many bytes the answers take. */
    long length() {
        return length;
    }

    /** The next line with its end; empty at the end of the file. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    private String response(Place place) {
        try {
            ByteBuffer line = ByteBuffer.allocate(place.bytes());
            while (line.hasRemaining() && channel.read(line, place.from() + line.position()) >= 0) {
                // reads on
            }
            return JSON.readTree(line.array()).path("response").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read any more", e);
        }
    }

    private static String name(String session, String requestHash) {
        return session + "#" + requestHash;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
