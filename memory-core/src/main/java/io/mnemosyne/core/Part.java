package io.mnemosyne.core;

/** One piece of a turn. */
public sealed interface Part {

    Content content();

    /** This part with its content replaced, for example by a reference to a blob. */
    Part withContent(Content content);

    /** What was said. */
    record Text(Content content) implements Part {
        @Override
        public Text withContent(Content content) {
            return new Text(content);
        }
    }

    /** Recorded reasoning. */
    record Thinking(Content content) implements Part {
        @Override
        public Thinking withContent(Content content) {
            return new Thinking(content);
        }
    }

    /**
     * A tool that the model wants run.
     *
     * @param id the provider's call id; may repeat inside a thread, a result belongs to the nearest call before it
     * @param content the arguments as JSON text
     */
    record ToolCall(String id, String name, Content content) implements Part {
        @Override
        public ToolCall withContent(Content content) {
            return new ToolCall(id, name, content);
        }
    }

    /**
     * What a tool gave back.
     *
     * @param callId id of the call that it answers, empty if the source gives none
     * @param toolName empty if the source gives none
     * @param error true if the tool reported failure
     */
    record ToolResult(String callId, String toolName, Content content, boolean error) implements Part {
        @Override
        public ToolResult withContent(Content content) {
            return new ToolResult(callId, toolName, content, error);
        }
    }

    /**
     * An image, never counted as text.
     *
     * @param content base64 data or a URL
     */
    record Image(String mediaType, Content content) implements Part {
        @Override
        public Image withContent(Content content) {
            return new Image(mediaType, content);
        }
    }
}
