package io.mnemosyne.launcher.importer;

import java.util.ArrayList;
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
 * The session log of pi and its descendants: {@code message} lines are turns, {@code session}, {@code model_change} and
 * other lines are skipped. A {@code bashExecution} is what the user ran, a {@code compaction} what the agent was left
 * with; both are user turns.
 */
final class PiFormat implements SessionFormat {

    @Override
    public boolean recognises(String line) throws InvalidTurnException {
        ImportedFields fields = ImportedFields.of(line);
        String type = fields.string("type").orElse("");
        return (type.equals("session") && fields.raw("cwd").isPresent())
                || (type.equals("message") && fields.raw("message").isPresent());
    }

    @Override
    public Reader open(String session) {
        return new Lines(session);
    }

    private static final class Lines implements Reader {
        private final String session;
        private long index;

        Lines(String session) {
            this.session = session;
        }

        @Override
        public List<RawTurn> read(int number, String line) throws InvalidTurnException {
            ImportedFields record = ImportedFields.of(line);
            String type = record.string("type").orElseThrow(
                    () -> new InvalidTurnException("'type' is missing; this is not a line of a pi session"));
            String id = session + ":" + number;
            return switch (type) {
                case "message" -> List.of(message(id, record));
                case "compaction" -> List.of(new RawTurn(id, Role.USER, text(record.string("summary").orElse("")),
                        origin(record, ImportedFields.NONE, Map.of("compaction", "true"))));
                default -> List.of();
            };
        }

        private RawTurn message(String id, ImportedFields record) throws InvalidTurnException {
            ImportedFields message = record.object("message");
            String role = message.string("role").orElse("");
            return switch (role) {
                case "user" -> new RawTurn(id, Role.USER, parts(message), origin(record, message, Map.of()));
                case "assistant" -> new RawTurn(id, Role.ASSISTANT, parts(message), origin(record, message, Map.of()));
                case "toolResult" -> new RawTurn(id, Role.TOOL, List.of(result(message)),
                        origin(record, message, Map.of()));
                case "bashExecution" -> new RawTurn(id, Role.USER,
                        text("$ " + message.string("command").orElse("") + "\n" + message.string("output").orElse("")),
                        origin(record, message, Map.of("bash_execution", "true")));
                default -> throw new InvalidTurnException("'message.role' is '" + role
                        + "'; it must be user, assistant, toolResult or bashExecution");
            };
        }

        private static Part.ToolResult result(ImportedFields message) throws InvalidTurnException {
            return new Part.ToolResult(message.string("toolCallId").orElse(""),
                    message.string("toolName").orElse(""), Content.of(textOf(message)), message.isTrue("isError"));
        }

        private static List<Part> parts(ImportedFields message) throws InvalidTurnException {
            List<Part> parts = new ArrayList<>(text(message.string("content").orElse("")));
            for (ImportedFields block : message.objects("content")) {
                switch (block.string("type").orElse("")) {
                    case "text" -> parts.addAll(text(block.string("text").orElse("")));
                    case "thinking" -> parts.add(new Part.Thinking(Content.of(block.string("thinking").orElse(""))));
                    case "toolCall" -> parts.add(new Part.ToolCall(block.string("id").orElse(""),
                            block.string("name").orElse(""), Content.of(block.raw("arguments").orElse("{}"))));
                    case "image" -> parts.add(new Part.Image(block.string("mimeType").orElse(""),
                            Content.of(block.string("data").orElse(""))));
                    default -> parts.add(new Part.Text(Content.of(block.json())));
                }
            }
            return parts;
        }

        private static String textOf(ImportedFields message) throws InvalidTurnException {
            StringBuilder text = new StringBuilder(message.string("content").orElse(""));
            for (ImportedFields block : message.objects("content")) {
                text.append(block.string("type").orElse("").equals("text")
                        ? block.string("text").orElse("")
                        : "[" + block.string("type").orElse("unknown") + "]");
            }
            return text.toString();
        }

        private static List<Part> text(String text) {
            return text.isEmpty() ? List.of() : List.of(new Part.Text(Content.of(text)));
        }

        private Origin origin(ImportedFields record, ImportedFields message, Map<String, String> marks)
                throws InvalidTurnException {
            Map<String, String> attributes = new TreeMap<>(marks);
            Optional<String> stopReason = message.raw("stopReason");
            stopReason.ifPresent(reason -> attributes.put("stop_reason", reason));
            message.raw("usage").ifPresent(usage -> attributes.put("usage", usage));
            message.raw("errorMessage").ifPresent(error -> attributes.put("error_message", error));
            return record.origin(index++, Optional.empty(), message.string("model"), attributes);
        }
    }
}
