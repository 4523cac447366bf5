package io.mnemosyne.core.redact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Recorded sessions and samples of secrets, looked for in the folder that {@code MNEMOSYNE_DATA} names. */
final class Corpus {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Corpus() {
    }

    /** The data folder; skips the test if there is none. */
    static Path folder() {
        String folder = System.getenv("MNEMOSYNE_DATA");
        assumeTrue(folder != null, "skipped: MNEMOSYNE_DATA names no folder with recorded sessions");
        return Path.of(folder);
    }

    /** The samples of secrets, unpacked into the build folder because they look like live credentials. */
    static Path secrets() throws IOException, InterruptedException {
        Path target = Files.createDirectories(Path.of("target", "secrets"));
        Process tar = new ProcessBuilder("tar", "xzf", folder().resolve("secrets.tar.gz").toString(), "-C",
                target.toString()).inheritIO().start();
        assumeTrue(tar.waitFor() == 0, "skipped: secrets.tar.gz could not be unpacked");
        return target.resolve("secrets");
    }

    static List<Path> sessions() throws IOException {
        try (Stream<Path> files = Files.walk(folder().resolve("sessions"))) {
            return files.filter(file -> file.toString().matches(".*\\.(jsonl|json|traj)")).sorted().toList();
        }
    }

    static Stream<JsonNode> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(line -> {
            try {
                return JSON.readTree(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
