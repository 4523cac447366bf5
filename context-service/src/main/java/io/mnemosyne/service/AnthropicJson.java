package io.mnemosyne.service;

import java.io.IOException;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonGenerator;

import io.mnemosyne.core.assemble.AnthropicPrompt;

/** Writes a prompt as the {@code system} and {@code messages} of a request to Anthropic's Messages API. */
public final class AnthropicJson {
    private AnthropicJson() {
    }

    /** A JSON object with {@code messages} and, if there is a system prompt, {@code system}. */
    public static String of(AnthropicPrompt prompt) {
        return Json.written(json -> {
            json.writeStartObject();
            if (!prompt.system().isEmpty()) {
                json.writeStringField("system", prompt.system());
            }
            json.writeArrayFieldStart("messages");
            for (AnthropicPrompt.Message message : prompt.messages()) {
                json.writeStartObject();
                json.writeStringField("role", message.role().name().toLowerCase(Locale.ROOT));
                json.writeArrayFieldStart("content");
                for (AnthropicPrompt.Content content : message.content()) {
                    json.writeStartObject();
                    write(content, json);
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(AnthropicPrompt.Content content, JsonGenerator json) throws IOException {
        switch (content) {
            case AnthropicPrompt.Text text -> {
                json.writeStringField("type", "text");
                json.writeStringField("text", text.text());
            }
            case AnthropicPrompt.Image image -> {
                json.writeStringField("type", "image");
                json.writeObjectFieldStart("source");
                writeSource(image, json);
                json.writeEndObject();
            }
            case AnthropicPrompt.ToolUse use -> {
                json.writeStringField("type", "tool_use");
                json.writeStringField("id", use.id());
                json.writeStringField("name", use.name());
                json.writeFieldName("input");
                json.writeRawValue(use.inputJson());
            }
            case AnthropicPrompt.ToolResult result -> {
                json.writeStringField("type", "tool_result");
                json.writeStringField("tool_use_id", result.toolUseId());
                json.writeStringField("content", result.text());
                json.writeBooleanField("is_error", result.error());
            }
        }
    }

    private static void writeSource(AnthropicPrompt.Image image, JsonGenerator json) throws IOException {
        if (image.data().startsWith("http")) {
            json.writeStringField("type", "url");
            json.writeStringField("url", image.data());
        } else {
            json.writeStringField("type", "base64");
            json.writeStringField("media_type", image.mediaType());
            json.writeStringField("data", image.data());
        }
    }
}
