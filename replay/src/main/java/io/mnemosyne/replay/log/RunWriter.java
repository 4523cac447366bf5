package io.mnemosyne.replay.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.mnemosyne.replay.HelperCall;
import io.mnemosyne.replay.PromptBlock;

/**
 * Writes a run directory, session by session. After each of them it notes how long its files are; a run that was
 * interrupted, however hard, is cut back to the last such note and goes on from there. The same run gives the same bytes.
 *
 * <p>
 * {@code prompts.jsonl}, {@code blocks.jsonl}: the prompts. {@code calls.jsonl}: calls of helper models.
 * {@code completions.jsonl}: their answers. {@code run.json}: what the run is about. {@code progress.jsonl}: the notes.
 */
public final class RunWriter implements AutoCloseable {
    private static final String DESCRIPTION = "run.json";
    private static final String PROGRESS = "progress.jsonl";
    static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private final Map<RunFile, GrowingFile> files = new EnumMap<>(RunFile.class);
    private final GrowingFile progress;
    private final Set<Sha> known = new HashSet<>();
    private final int sessionsDone;

    /** The 128 bits of a block's hash, much smaller than its digits. */
    private record Sha(long high, long low) {
        static Sha of(String digits) {
            return new Sha(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
        }
    }

    private RunWriter(Path directory, List<String> notes) throws IOException {
        sessionsDone = notes.size();
        JsonNode last = notes.isEmpty() ? JSON.createObjectNode() : JSON.readTree(notes.getLast());
        for (RunFile file : RunFile.values()) {
            files.put(file, new GrowingFile(directory.resolve(file.fileName()), last.path(file.fileName()).asLong()));
        }
        progress = new GrowingFile(directory.resolve(PROGRESS),
                notes.stream().mapToLong(note -> note.getBytes(StandardCharsets.UTF_8).length + 1L).sum());
        try (var blocks = Files.lines(directory.resolve(RunFile.BLOCKS.fileName()))) {
            for (String block : (Iterable<String>) blocks::iterator) {
                known.add(Sha.of(JSON.readTree(block).path("sha").asText()));
            }
        }
    }

    /**
     * Begins a run, or goes on with it.
     *
     * @param directory made if it is not there
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if it holds another run, or something else
     */
    public static RunWriter open(Path directory, RunDescription description) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(DESCRIPTION);
        String json = JSON.writeValueAsString(description);
        if (Files.exists(file)) {
            if (!Files.readString(file).strip().equals(json)) {
                throw new IllegalArgumentException(directory + " holds a run of other sessions, another policy or "
                        + "other settings: name another directory, or delete it");
            }
        } else if (Files.exists(directory.resolve(RunFile.PROMPTS.fileName()))) {
            throw new IllegalArgumentException(directory + " holds prompts but no " + DESCRIPTION
                    + ": name another directory, or delete it");
        } else {
            Files.writeString(file, json + "\n");
        }
        Path notes = directory.resolve(PROGRESS);
        return new RunWriter(directory, Files.exists(notes) ? complete(Files.readString(notes)) : List.of());
    }

    /** What a run directory says that it is about. */
    public static RunDescription describe(Path directory) throws IOException {
        return JSON.readValue(directory.resolve(DESCRIPTION).toFile(), RunDescription.class);
    }

    /** The lines that were written to their end. */
    private static List<String> complete(String notes) {
        return notes.substring(0, notes.lastIndexOf('\n') + 1).lines().toList();
    }

    /** How many sessions, from the first on, are written or left out already. */
    public int sessionsDone() {
        return sessionsDone;
    }

    /** Writes the next session. */
    public void write(SessionLog log) throws IOException {
        for (int step = 0; step < log.steps().size(); step++) {
            write(log.session(), step, log.steps().get(step));
        }
        for (HelperCall call : log.helperCalls()) {
            write(log.session(), call);
        }
        note(log.session());
    }

    /** Notes that the next session is left out. */
    public void leaveOut() throws IOException {
        note("");
    }

    private void write(String session, int number, SessionLog.Step step) throws IOException {
        StringBuilder line = new StringBuilder("{\"session\": ").append(JSON.writeValueAsString(session))
                .append(", \"step\": ").append(number).append(", \"upto\": ").append(step.upto())
                .append(", \"blocks\": [");
        String separator = "";
        for (PromptBlock block : step.blocks()) {
            line.append(separator).append("{\"sha\": \"").append(block.sha()).append("\", \"kind\": \"")
                    .append(block.kind().label()).append("\", \"seqs\": ")
                    .append(block.events().map(events -> "[" + events.from() + ", " + events.to() + "]").orElse("null"))
                    .append('}');
            separator = ", ";
            if (known.add(Sha.of(block.sha()))) {
                ObjectNode text = JSON.createObjectNode().put("sha", block.sha()).put("text", block.text());
                line(RunFile.BLOCKS, text);
            }
        }
        file(RunFile.PROMPTS).line(line.append("]}").toString());
    }

    private void write(String session, HelperCall call) throws IOException {
        line(RunFile.CALLS, JSON.createObjectNode().put("session", session).put("afterEvent", call.afterEvent())
                .put("stage", call.stage()).put("model", call.model()).put("inputTokens", call.inputTokens())
                .put("outputTokens", call.outputTokens()).put("micros", call.micros()));
        line(RunFile.COMPLETIONS, RecordedCallsFile.entry(session, call.requestHash(), call.response()));
    }

    private void note(String session) throws IOException {
        ObjectNode note = JSON.createObjectNode().put("session", session);
        for (Map.Entry<RunFile, GrowingFile> file : files.entrySet()) {
            file.getValue().flush();
            note.put(file.getKey().fileName(), file.getValue().bytes());
        }
        progress.line(JSON.writeValueAsString(note));
        progress.flush();
    }

    private void line(RunFile file, ObjectNode content) throws IOException {
        file(file).line(JSON.writeValueAsString(content));
    }

    @SuppressWarnings("NullAway") // there is one for each
    private GrowingFile file(RunFile file) {
        return files.get(file);
    }

    @Override
    public void close() throws IOException {
        for (GrowingFile file : files.values()) {
            file.close();
        }
        progress.close();
    }
}
