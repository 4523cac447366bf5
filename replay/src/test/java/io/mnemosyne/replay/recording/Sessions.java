package io.mnemosyne.replay.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.TurnJsonReader;

/** Recordings out of normalized JSON, one event per line. */
public final class Sessions {
    private Sessions() {
    }

    public static Recording of(String id, String... lines) {
        return read(id, List.of(lines));
    }

    /** The line of an event without calls. */
    public static String event(String role, String content) {
        return "{\"role\": \"%s\", \"content\": %s}".formatted(role, CanonicalJson.quote(content));
    }

    /** A session file; its name is {@code folder/file-stem}. */
    public static Recording read(Path file) {
        try {
            String stem = file.getFileName().toString().replaceFirst("\\.jsonl$", "");
            return read(file.getName(file.getNameCount() - 2) + "/" + stem, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording read(String id, List<String> lines) {
        List<RawTurn> turns = new ArrayList<>();
        try {
            for (String line : lines) {
                turns.add(TurnJsonReader.read(line, "e" + turns.size()));
            }
        } catch (InvalidTurnException e) {
            throw new AssertionError(id + " event " + turns.size(), e);
        }
        return Recording.of(id, turns);
    }
}
