package io.mnemosyne.launcher.importer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.transcript.InvalidTurnException;

/**
 * Claude Code's session log. Each {@code user} or {@code assistant} line is one turn, also where several lines share one
 * {@code message.id} because the program writes a line per content block; the id is kept. Each tool result of a user
 * line is a turn of its own. Content blocks of unknown types are carried along as they are. Lines of other types are bookkeeping and skipped.
 */
final class ClaudeCodeFormat implements SessionFormat {

    @Override
    public boolean recognises(String line) throws InvalidTurnException {
        ImportedFields fields = ImportedFields.of(line);
        String type = fields.string("type").orElse("");
        return fields.raw("sessionId").isPresent() || type.equals("file-history-snapshot")
                || (type.equals("summary") && fields.raw("leafUuid").isPresent());
    }

    @Override
    public Reader open(String session) {
        return new Lines(session);
    }

    private static final class Lines implements Reader {
        private final String session;
        private final Map<String, String> toolNames = new HashMap<>();
        private long index;

        Lines(String session) {
            this.session = session;
        }

        @Override
        public List<RawTurn> read(int number, String line) throws InvalidTurnException {
            ImportedFields record = ImportedFields.of(line);
            String type = record.string("type").orElseThrow(
                    () -> new InvalidTurnException("'type' is missing; this is not a line of a Claude Code log"));
            if (!type.equals("user") && !type.equals("assistant")) {
                return List.of();
            }
            String id = record.string("uuid").orElse(session + ":" + number);
            List<RawTurn> turns = turns(id, type.equals("user") ? Role.USER : Role.ASSISTANT, record);
            index += turns.size();
            return turns;
        }

        private List<RawTurn> turns(String id, Role role, ImportedFields record) throws InvalidTurnException {
            ImportedFields message = record.object("message");
            List<Part> said = new ArrayList<>();
            List<RawTurn> turns = new ArrayList<>();
            Optional<String> plain = message.string("content").filter(text -> !text.isEmpty());
            plain.ifPresent(text -> said.add(new Part.Text(Content.of(text))));
            List<Part.ToolResult> results = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            for (ImportedFields block : message.objects("content")) {
                read(block, said, results, unknown);
            }
            for (Part.ToolResult result : results) {
                String resultId = turns.isEmpty() ? id : id + "#" + turns.size();
                turns.add(new RawTurn(resultId, Role.TOOL, List.of(result),
                        origin(turns.size(), record, message, unknown)));
            }
            if (results.isEmpty() || !said.isEmpty()) {
                String saidId = turns.isEmpty() ? id : id + "#" + turns.size();
                turns.add(new RawTurn(saidId, role, said, origin(turns.size(), record, message, unknown)));
            }
            return turns;
        }

        private void read(ImportedFields block, List<Part> said, List<Part.ToolResult> results,
                List<String> unknown)
                throws InvalidTurnException {
            switch (block.string("type").orElse("")) {
                case "text" -> said.add(new Part.Text(Content.of(block.string("text").orElse(""))));
                case "thinking" -> said.add(new Part.Thinking(Content.of(block.string("thinking").orElse(""))));
                case "tool_use" -> {
                    String callId = block.string("id").orElse("");
                    String name = block.string("name").orElse("");
                    toolNames.put(callId, name);
                    said.add(new Part.ToolCall(callId, name, Content.of(block.raw("input").orElse("{}"))));
                }
                case "tool_result" -> {
                    String callId = block.string("tool_use_id").orElse("");
                    results.add(new Part.ToolResult(callId, toolNames.getOrDefault(callId, ""),
                            Content.of(resultText(block)), block.isTrue("is_error")));
                }
                case "image" -> {
                    ImportedFields source = block.object("source");
                    said.add(new Part.Image(source.string("media_type").orElse(""),
                            Content.of(source.string("data").orElse(source.string("url").orElse("")))));
                }
                default -> unknown.add(block.json());
            }
        }

        private static String resultText(ImportedFields block) throws InvalidTurnException {
            Optional<String> plain = block.string("content");
            if (plain.isPresent()) {
                return plain.get();
            }
            List<String> texts = new ArrayList<>();
            for (ImportedFields part : block.objects("content")) {
                texts.add(part.string("type").orElse("").equals("text")
                        ? part.string("text").orElse("")
                        : "[" + part.string("type").orElse("unknown") + "]");
            }
            return String.join("\n", texts);
        }

        private Origin origin(int offset, ImportedFields record, ImportedFields message, List<String> unknown)
                throws InvalidTurnException {
            Map<String, String> attributes = new TreeMap<>();
            record.raw("uuid").ifPresent(uuid -> attributes.put("uuid", uuid));
            message.raw("usage").ifPresent(usage -> attributes.put("usage", usage));
            if (!unknown.isEmpty()) {
                attributes.put("unknown_blocks", "[" + String.join(",", unknown) + "]");
            }
            if (record.isTrue("isSidechain")) {
                attributes.put("sidechain", "true");
            }
            if (record.isTrue("isMeta")) {
                attributes.put("meta", "true");
            }
            return record.origin(index + offset, message.string("id"), message.string("model"), attributes);
        }
    }
}
