package io.mnemosyne.core.assemble;

import java.util.List;

/**
 * A prompt as Anthropic's Messages API takes it.
 *
 * @param system text for the system parameter, empty if there is none
 * @param messages at least one, first and last a user's, alternating; none has empty content; every tool use is answered in the next
 *            message, before anything else in it
 */
public record AnthropicPrompt(String system, List<Message> messages) {
    public AnthropicPrompt {
        messages = List.copyOf(messages);
    }

    /** One message. */
    public record Message(Role role, List<Content> content) {
        public Message {
            content = List.copyOf(content);
        }
    }

    /** Who a message is from. */
    public enum Role {
        USER,
        ASSISTANT
    }

    /** One content block. */
    public sealed interface Content {
    }

    /** Text that is not blank. */
    public record Text(String text) implements Content {
    }

    /**
     * An image.
     *
     * @param data base64 data or a URL
     */
    public record Image(String mediaType, String data) implements Content {
    }

    /**
     * A tool call.
     *
     * @param id unique in the prompt, matches {@code [A-Za-z0-9_-]+}
     * @param name matches {@code [A-Za-z0-9_-]{1,128}}; other characters of the tool's own name are underscores
     * @param inputJson a JSON object
     */
    public record ToolUse(String id, String name, String inputJson) implements Content {
    }

    /**
     * The answer to a tool call.
     *
     * @param toolUseId id of a call in the message before
     * @param text not blank
     */
    public record ToolResult(String toolUseId, String text, boolean error) implements Content {
    }
}
