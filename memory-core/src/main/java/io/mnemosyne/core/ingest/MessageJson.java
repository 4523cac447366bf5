package io.mnemosyne.core.ingest;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.transcript.RawJson;

/** Turns as the messages of a chat, in the form that trace backends show as such. */
final class MessageJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Function<Content, String> texts;
    private final boolean images;

    /**
     * A writer of messages.
     *
     * @param texts what is shown of a text
     * @param images whether images are shown, or only said to be there
     */
    MessageJson(Function<Content, String> texts, boolean images) {
        this.texts = texts;
        this.images = images;
    }

    /** One message for each result of a tool, and one for all else. */
    List<String> all(Turn turn) {
        List<String> messages = new ArrayList<>();
        turn.parts().stream().filter(Part.ToolResult.class::isInstance).map(Part.ToolResult.class::cast)
                .forEach(result -> messages.add(object(json -> writeResult(result, json))));
        List<Part> said = turn.parts().stream().filter(part -> !(part instanceof Part.ToolResult)).toList();
        if (!said.isEmpty() || messages.isEmpty()) {
            messages.add(message(turn.role(), said));
        }
        return messages;
    }

    /** What was said, as one message. */
    String message(Role role, List<Part> said) {
        return object(json -> {
            json.writeStringField("role", role.name().toLowerCase(Locale.ROOT));
            writeContent(said, json);
            String thinking = joined(said, Part.Thinking.class);
            if (!thinking.isEmpty()) {
                json.writeStringField("thinking", thinking);
            }
            List<Part.ToolCall> calls = said.stream().filter(Part.ToolCall.class::isInstance)
                    .map(Part.ToolCall.class::cast).toList();
            if (!calls.isEmpty()) {
                writeCalls(calls, json);
            }
        });
    }

    /** All texts of one kind. */
    String joined(List<Part> parts, Class<? extends Part> kind) {
        return parts.stream().filter(kind::isInstance).map(part -> texts.apply(part.content()))
                .collect(Collectors.joining("\n"));
    }

    private void writeContent(List<Part> said, JsonGenerator json) throws IOException {
        if (said.stream().noneMatch(Part.Image.class::isInstance)) {
            json.writeStringField("content", joined(said, Part.Text.class));
            return;
        }
        json.writeArrayFieldStart("content");
        for (Part part : said) {
            if (part instanceof Part.Image image) {
                writeImage(image, json);
            } else if (part instanceof Part.Text text) {
                writeText(texts.apply(text.content()), json);
            }
        }
        json.writeEndArray();
    }

    private void writeImage(Part.Image image, JsonGenerator json) throws IOException {
        if (!images) {
            writeText("[image " + image.mediaType() + ", " + image.content().bytes() + " bytes]", json);
            return;
        }
        String data = texts.apply(image.content());
        boolean isUrl = data.startsWith("http://") || data.startsWith("https://") || data.startsWith("data:");
        json.writeStartObject();
        json.writeStringField("type", "image_url");
        json.writeObjectFieldStart("image_url");
        json.writeStringField("url", isUrl ? data : "data:" + image.mediaType() + ";base64," + data);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeText(String text, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "text");
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    private void writeCalls(List<Part.ToolCall> calls, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("tool_calls");
        for (Part.ToolCall call : calls) {
            json.writeStartObject();
            json.writeStringField("id", call.id());
            json.writeStringField("name", call.name());
            json.writeFieldName("arguments");
            String arguments = texts.apply(call.content());
            if (RawJson.isValue(arguments)) {
                json.writeRawValue(arguments);
            } else {
                json.writeString(arguments);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeResult(Part.ToolResult result, JsonGenerator json) throws IOException {
        json.writeStringField("role", "tool");
        if (!result.callId().isEmpty()) {
            json.writeStringField("tool_call_id", result.callId());
        }
        if (!result.toolName().isEmpty()) {
            json.writeStringField("name", result.toolName());
        }
        json.writeStringField("content", texts.apply(result.content()));
    }

    private static String object(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }
}
