package io.mnemosyne.launcher.importer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.transcript.InvalidTurnException;

/** A recorded session on disk, read line by line, so that its size does not matter. */
public final class SessionFile {
    /** The format name that has the first line decide. */
    public static final String AUTO = "auto";
    /** How many lines may pass before one must be recognised. */
    private static final int LINES_TO_RECOGNISE = 20;
    private static final int MAX_NAME = 128;

    private final Path path;
    private final SessionFormat format;

    private SessionFile(Path path, SessionFormat format) {
        this.path = path;
        this.format = format;
    }

    /**
     * Opens a session.
     *
     * @param format a name of {@link SessionFormats} or {@link #AUTO}
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is no such format, or the file's is not recognised
     */
    public static SessionFile open(Path path, String format) throws IOException {
        String name = format.equals(AUTO) ? recognise(path) : format;
        return new SessionFile(path, SessionFormats.named(name));
    }

    /** A thread name made of the file's: its stem, with characters that no name may have replaced by a dash. */
    public String threadName() {
        String file = path.getFileName().toString();
        int dot = file.lastIndexOf('.');
        String stem = (dot > 0 ? file.substring(0, dot) : file).replaceAll("[^A-Za-z0-9._:@-]", "-");
        return stem.substring(0, Math.min(stem.length(), MAX_NAME));
    }

    /** Size on disk in bytes. */
    public long bytes() throws IOException {
        return Files.size(path);
    }

    /**
     * Reads the whole session in order. Malformed lines are reported and skipped.
     *
     * @throws IOException if the file cannot be read or is not UTF-8
     */
    public void read(Listener listener) throws IOException {
        SessionFormat.Reader reader = format.open(threadName());
        eachLine(path, (number, line) -> {
            if (!line.isBlank()) {
                try {
                    reader.read(number, line).forEach(listener::turn);
                } catch (InvalidTurnException e) {
                    listener.malformed(number, String.valueOf(e.getMessage()));
                }
            }
            listener.progress(line.length() + 1L);
            return true;
        });
    }

    /** The whole session in memory; malformed lines go to {@code malformed} as {@code line N: reason}. */
    public List<RawTurn> readAll(Consumer<String> malformed) throws IOException {
        List<RawTurn> turns = new ArrayList<>();
        read(new Listener() {
            @Override
            public void turn(RawTurn turn) {
                turns.add(turn);
            }

            @Override
            public void malformed(int line, String reason) {
                malformed.accept("line " + line + ": " + reason);
            }
        });
        return turns;
    }

    private static String recognise(Path path) throws IOException {
        String[] found = {""};
        eachLine(path, (number, line) -> {
            Optional<String> name = SessionFormats.recognise(line);
            name.ifPresent(it -> found[0] = it);
            return name.isEmpty() && number < LINES_TO_RECOGNISE;
        });
        if (found[0].isEmpty()) {
            throw new IllegalArgumentException(path + ": none of the first " + LINES_TO_RECOGNISE
                    + " lines is of a known format; name it with --format");
        }
        return found[0];
    }

    private static void eachLine(Path path, LineVisitor visitor) throws IOException {
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(path), decoder))) {
            int number = 1;
            for (Optional<String> line = next(lines); line.isPresent(); line = next(lines)) {
                if (!visitor.visit(number++, line.get())) {
                    return;
                }
            }
        } catch (CharacterCodingException e) {
            throw new IOException(path + " is not UTF-8 text", e);
        }
    }

    private static Optional<String> next(BufferedReader lines) throws IOException {
        return Optional.ofNullable(lines.readLine());
    }

    /** Hears what is in a session. */
    public interface Listener {

        void turn(RawTurn turn);

        /** A line that could not be read. */
        void malformed(int line, String reason);

        /** More of the file was read, in characters. */
        default void progress(long characters) {
        }
    }

    private interface LineVisitor {
        /** Returns whether to go on. */
        boolean visit(int number, String line);
    }
}
