package io.mnemosyne.core.transcript;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.trace.TraceContext;

/**
 * Writes a turn as one JSON object of the form that {@link TurnJsonReader} reads. What was read is written back with the
 * same contents: strings, arguments and carried-along fields keep every character.
 */
public final class TurnJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Set<String> FIELDS = Set.of("id", "i", "role", "content", "msg_id", "model", "parent_thread",
            "parent_turn", "parent_call", TraceContext.HEADER);
    private static final Set<String> MESSAGE_FIELDS = Set.of("thinking", "tool_calls");

    private TurnJson() {
    }

    /** One line of JSON, without a line end. Line breaks inside of what is carried along become spaces. */
    public static String write(RawTurn turn) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(turn, Map.of(), json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        // In valid JSON a line break can only stand between tokens.
        return text.toString().replace('\r', ' ').replace('\n', ' ');
    }

    /**
     * Writes into a larger document.
     *
     * @param extra numeric fields to put in front, for example the turn's seq; attributes of these names are left out
     */
    public static void write(RawTurn turn, Map<String, Long> extra, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Long> field : extra.entrySet()) {
            json.writeNumberField(field.getKey(), field.getValue());
        }
        json.writeStringField("id", turn.eventId());
        if (turn.origin().sourceIndex().isPresent()) {
            json.writeNumberField("i", turn.origin().sourceIndex().getAsLong());
        }
        json.writeStringField("role", TurnShape.name(turn.role()));
        TurnShape shape = TurnShape.of(turn);
        switch (shape) {
            case TurnShape.Simple simple -> writeSimple(simple, json);
            case TurnShape.Mixed mixed -> writeMixed(mixed, json);
        }
        writeOrigin(turn, json);
        for (Map.Entry<String, String> attribute : turn.origin().attributes().entrySet()) {
            if (!extra.containsKey(attribute.getKey())) {
                writeCarried(attribute.getKey(), attribute.getValue(), json);
            }
        }
        json.writeEndObject();
    }

    /** JSON stays as it was written. What is none, as any Kafka client can send, becomes a string. */
    private static void writeCarried(String name, String text, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        if (RawJson.isValue(text)) {
            json.writeRawValue(text);
        } else {
            json.writeString(text);
        }
    }

    /** Whether a name belongs to a field of the turn's JSON, so that none of its attributes can have it. */
    public static boolean isField(RawTurn turn, String name) {
        return FIELDS.contains(name) || (turn.role() != Role.TOOL && MESSAGE_FIELDS.contains(name));
    }

    private static void writeSimple(TurnShape.Simple simple, JsonGenerator json) throws IOException {
        json.writeStringField("content", simple.content());
        if (!simple.thinking().isEmpty()) {
            json.writeStringField("thinking", simple.thinking());
        }
        if (!simple.calls().isEmpty()) {
            json.writeArrayFieldStart("tool_calls");
            for (Part.ToolCall call : simple.calls()) {
                json.writeStartObject();
                writeCall(call, json);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (simple.result().isPresent()) {
            writeResult(simple.result().get(), json);
        }
    }

    private static void writeMixed(TurnShape.Mixed mixed, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("content");
        for (Part part : mixed.parts()) {
            json.writeStartObject();
            switch (part) {
                case Part.Text text -> {
                    json.writeStringField("type", "text");
                    json.writeStringField("text", text.content().shown());
                }
                case Part.Thinking thinking -> {
                    json.writeStringField("type", "thinking");
                    json.writeStringField("thinking", thinking.content().shown());
                }
                case Part.ToolCall call -> {
                    json.writeStringField("type", "tool_call");
                    writeCall(call, json);
                }
                case Part.ToolResult result -> {
                    json.writeStringField("type", "tool_result");
                    json.writeStringField("content", result.content().shown());
                    writeResult(result, json);
                }
                case Part.Image image -> {
                    json.writeStringField("type", "image");
                    json.writeStringField("media_type", image.mediaType());
                    json.writeStringField("data", image.content().shown());
                }
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeCall(Part.ToolCall call, JsonGenerator json) throws IOException {
        json.writeStringField("id", call.id());
        json.writeStringField("name", call.name());
        writeCarried("arguments", call.content().shown(), json);
    }

    private static void writeResult(Part.ToolResult result, JsonGenerator json) throws IOException {
        if (!result.callId().isEmpty()) {
            json.writeStringField("tool_call_id", result.callId());
        }
        if (!result.toolName().isEmpty()) {
            json.writeStringField("tool_name", result.toolName());
        }
        if (result.error()) {
            json.writeBooleanField("is_error", true);
        }
    }

    private static void writeOrigin(RawTurn turn, JsonGenerator json) throws IOException {
        var origin = turn.origin();
        if (origin.at().isPresent() && !origin.attributes().containsKey("ts")) {
            json.writeStringField("ts", origin.at().get().toString());
        }
        if (origin.messageId().isPresent()) {
            json.writeStringField("msg_id", origin.messageId().get());
        }
        if (origin.model().isPresent()) {
            json.writeStringField("model", origin.model().get());
        }
        if (origin.parentThread().isPresent()) {
            json.writeStringField("parent_thread", origin.parentThread().get());
        }
        if (origin.parentTurn().isPresent()) {
            json.writeNumberField("parent_turn", origin.parentTurn().getAsLong());
        }
        if (origin.parentCall().isPresent()) {
            json.writeStringField("parent_call", origin.parentCall().get());
        }
        if (origin.traceContext().isPresent()) {
            json.writeStringField(TraceContext.HEADER, origin.traceContext().get().traceparent());
        }
    }
}
