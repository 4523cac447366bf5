package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.importer.SessionFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Recorded sessions to test with, out of the folder that {@code MNEMOSYNE_DATA} names. */
final class RecordedSessions {
    private static final long LARGE_CHARS = 100_000;
    private static final long MEDIUM_CHARS = 10_000;

    private RecordedSessions() {
    }

    /**
     * One session, read.
     *
     * @param chars of its contents
     */
    record Session(ThreadKey thread, List<RawTurn> turns, long chars) {
    }

    /** The native logs of Claude Code and pi, and every normalized session of more than 100,000 characters. */
    static List<Session> large() throws IOException {
        Path sessions = folder();
        List<Session> read = new ArrayList<>();
        read.add(read("claude-code", sessions.resolve("original/claude_code/claude-code-sample.jsonl")));
        read.add(read("pi", sessions.resolve("original/pi_coding_agent/large-session.jsonl")));
        try (Stream<Path> files = Files.walk(sessions.resolve("normalized"))) {
            files.filter(file -> file.toString().endsWith(".jsonl")).sorted()
                    .map(file -> read(file.getParent().getFileName().toString(), file))
                    .filter(session -> session.chars > LARGE_CHARS).forEach(read::add);
        }
        return read;
    }

    /** Normalized sessions of 10,000 to 100,000 characters, as many as it takes for so many turns and some more. */
    static List<Session> medium(int turns) throws IOException {
        List<Session> read = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder().resolve("normalized"))) {
            files.filter(file -> file.toString().endsWith(".jsonl")).sorted()
                    .map(file -> read(file.getParent().getFileName().toString(), file))
                    .filter(session -> session.chars > MEDIUM_CHARS && session.chars <= LARGE_CHARS)
                    .takeWhile(_ -> read.stream().mapToInt(session -> session.turns.size()).sum() < turns + turns / 4)
                    .forEach(read::add);
        }
        return read;
    }

    private static Path folder() {
        Optional<Path> data = Optional.ofNullable(System.getenv("MNEMOSYNE_DATA")).map(Path::of);
        assumeThat(data).as("MNEMOSYNE_DATA names no folder with recorded sessions").isPresent();
        return data.orElseThrow().resolve("sessions");
    }

    private static Session read(String source, Path file) {
        try {
            SessionFile session = SessionFile.open(file, SessionFile.AUTO);
            List<RawTurn> turns = session.readAll(line -> assertThat(line).as("malformed in %s", file).isNull());
            long chars = turns.stream().flatMap(turn -> turn.parts().stream())
                    .mapToLong(part -> part.content().shown().length()).sum();
            return new Session(new ThreadKey(source, session.threadName()), turns, chars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
