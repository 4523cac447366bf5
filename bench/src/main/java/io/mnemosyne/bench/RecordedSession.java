package io.mnemosyne.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.TurnJsonReader;
import io.mnemosyne.replay.recording.Recording;

/**
 * A session in Mnemosyne's own form, as commands take it.
 *
 * @param name folder and file-stem
 */
public record RecordedSession(String name, List<RawTurn> turns) {
    private static final String EXTENSION = ".jsonl";

    public RecordedSession {
        turns = List.copyOf(turns);
    }

    /**
     * Reads files, and folders with files, in order.
     *
     * @throws ParameterException if there is nothing to read, or a line is no turn
     */
    public static List<RecordedSession> read(CommandLine command, List<Path> places) throws IOException {
        List<RecordedSession> sessions = new ArrayList<>();
        for (Path place : places) {
            if (!Files.exists(place)) {
                throw new ParameterException(command, place + " does not exist: name recorded sessions.");
            }
            try (Stream<Path> below = Files.walk(place)) {
                for (Path file : below.filter(RecordedSession::isSession).sorted().toList()) {
                    sessions.add(new RecordedSession(name(file.toAbsolutePath()), turns(command, file)));
                }
            }
        }
        if (sessions.isEmpty()) {
            throw new ParameterException(command, "There is no file *" + EXTENSION + " under " + places + ".");
        }
        return sessions;
    }

    /** The session with its calls and results matched. */
    public Recording recording() {
        return Recording.of(name, turns);
    }

    private static boolean isSession(Path file) {
        return Files.isRegularFile(file) && file.toString().endsWith(EXTENSION);
    }

    private static List<RawTurn> turns(CommandLine command, Path file) throws IOException {
        List<RawTurn> turns = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            try {
                turns.add(TurnJsonReader.read(line, "e" + turns.size()));
            } catch (InvalidTurnException e) {
                throw new ParameterException(command, file + ", line " + (turns.size() + 1) + ": " + e.getMessage()
                        + "; leave the file out", e);
            }
        }
        return turns;
    }

    private static String name(Path file) {
        int last = file.getNameCount() - 1;
        String folder = last > 0 ? file.getName(last - 1).toString() : "";
        return folder + "/" + file.getName(last).toString().replace(EXTENSION, "");
    }
}
