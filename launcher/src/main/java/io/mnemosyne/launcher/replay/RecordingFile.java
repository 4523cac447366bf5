package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.transcript.TurnJson;
import io.mnemosyne.launcher.importer.SessionFile;
import io.mnemosyne.replay.recording.LargestResult;
import io.mnemosyne.replay.recording.Recording;

/**
 * One session to replay.
 *
 * @param path of its file
 * @param format that of {@link SessionFile#open}
 * @param withoutLargestResult whether its largest tool result is taken out
 * @param leastCharacters a session with fewer is left out
 * @param copies directory that is given the session as it is replayed, so that others can judge it
 * @param malformed hears of each line that cannot be read
 */
record RecordingFile(Path path, String format, boolean withoutLargestResult, long leastCharacters,
        Optional<Path> copies, Consumer<String> malformed) implements Callable<Optional<Recording>> {

    /**
     * The session; empty if it is too short.
     *
     * @throws IOException if the file cannot be read or its format is not known
     */
    @Override
    public Optional<Recording> call() throws IOException {
        Optional<Recording> recording = Optional.of(read()).filter(read -> read.characters() >= leastCharacters);
        if (recording.isPresent() && copies.isPresent()) {
            Path copy = copies.get().resolve(recording.get().id() + ".jsonl");
            Files.createDirectories(copy.getParent());
            Files.write(copy, recording.get().events().stream().map(event -> TurnJson.write(event.turn())).toList());
        }
        return recording;
    }

    private Recording read() throws IOException {
        try {
            List<String> problems = new ArrayList<>();
            List<RawTurn> turns = SessionFile.open(path, format).readAll(problems::add);
            problems.forEach(problem -> malformed.accept(path + ", " + problem));
            return Recording.of(SessionFiles.name(path), withoutLargestResult ? LargestResult.leftOut(turns) : turns);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
