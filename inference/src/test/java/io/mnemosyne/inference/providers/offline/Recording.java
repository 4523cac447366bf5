package io.mnemosyne.inference.providers.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObservationRequest;

/** A recorded session in the normalized form, one turn per line. */
public record Recording(String name, List<Rendition> turns) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static List<Recording> all(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("sessions/normalized"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().map(Recording::read).toList();
        }
    }

    static Recording read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            List<Rendition> turns = new ArrayList<>();
            lines.forEach(line -> turns.add(turn(turns.size(), line)));
            String name = file.getName(file.getNameCount() - 2) + "/"
                    + file.getFileName().toString().replace(".jsonl", "");
            return new Recording(name, turns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests of about {@code tokens} each that cut no tool call from its result; the rest of the session is left out. */
    List<ObservationRequest> requests(long tokens) {
        List<ObservationRequest> requests = new ArrayList<>();
        List<Rendition> chunk = new ArrayList<>();
        Set<String> open = new HashSet<>();
        long size = 0;
        for (Rendition turn : turns) {
            chunk.add(turn);
            size += turn.tokens();
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolCall call) {
                    open.add(call.id());
                } else if (part instanceof Part.ToolResult result) {
                    open.remove(result.callId());
                }
            }
            if (turn.role() == Role.USER) {
                open.clear();
            }
            if (size >= tokens && open.isEmpty()) {
                requests.add(request(chunk));
                chunk.clear();
                size = 0;
            }
        }
        return requests;
    }

    static ObservationRequest request(List<Rendition> turns) {
        SeqRange range = new SeqRange(turns.getFirst().seq(), turns.getLast().seq());
        return new ObservationRequest("r" + range, new ThreadKey("default", "recording"), 0, range, 1, Instant.EPOCH,
                ObservationRequest.Priority.NORMAL, "", turns);
    }

    private static Rendition turn(long seq, String line) {
        try {
            JsonNode event = JSON.readTree(line);
            List<Part> parts = new ArrayList<>();
            Role role = Role.valueOf(event.path("role").asText().toUpperCase(Locale.ROOT));
            String content = event.path("content").asText("");
            if (event.hasNonNull("thinking")) {
                parts.add(new Part.Thinking(Content.of(event.get("thinking").asText())));
            }
            if (role == Role.TOOL) {
                parts.add(new Part.ToolResult(event.path("tool_call_id").asText(""), event.path("tool_name").asText(""),
                        Content.of(content), event.path("is_error").asBoolean()));
            } else if (!content.isEmpty()) {
                parts.add(new Part.Text(Content.of(content)));
            }
            for (JsonNode call : event.path("tool_calls")) {
                parts.add(new Part.ToolCall(call.path("id").asText(""), call.path("name").asText(""),
                        Content.of(call.path("arguments").toString())));
            }
            long chars = parts.stream().mapToLong(part -> part.content().shown().length()).sum();
            return new Rendition(seq, role, Optional.empty(), chars / 4 + 4, parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
