package io.mnemosyne.replay.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.mnemosyne.replay.policy.RecordedCalls;

/**
 * Writes every answer down as soon as it is there, so that a run that goes on after a kill does not pay for the sessions
 * again that were under way. What earlier runs answered is looked up first. Thread-safe.
 */
public final class KeptAnswers implements RecordedCalls, AutoCloseable {
    private static final String FILE = "answers.jsonl";

    private final Path path;
    private final RecordedCalls earlier;
    private final RecordedCallsFile kept;
    private final GrowingFile file;

    /**
     * Opens those of a run, or begins them.
     *
     * @param run directory, made if it is not there
     * @param earlier answers of other runs
     */
    public KeptAnswers(Path run, RecordedCalls earlier) throws IOException {
        this.path = Files.createDirectories(run).resolve(FILE);
        this.earlier = earlier;
        if (!Files.exists(path)) {
            Files.createFile(path);
        }
        kept = new RecordedCallsFile(path);
        file = new GrowingFile(path, kept.length());
    }

    @Override
    public Optional<String> find(String session, String requestHash) {
        return kept.find(session, requestHash).or(() -> earlier.find(session, requestHash));
    }

    @Override
    public synchronized void keep(String session, String requestHash, String response) {
        try {
            file.line(RunWriter.JSON
                    .writeValueAsString(RecordedCallsFile.entry(session, requestHash, response)));
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Removes them: the run is complete and has them all. */
    public void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    @Override
    public synchronized void close() throws IOException {
        try (kept; file) {
            // Both, whichever fails.
        }
    }
}
