package io.mnemosyne.schemas.mapping;

import java.util.List;

import io.mnemosyne.avro.ContentData;
import io.mnemosyne.avro.PartData;
import io.mnemosyne.avro.PartType;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;

/** Pieces of turns and their texts. */
final class Parts {
    private static final String NONE = "";

    private Parts() {
    }

    static List<PartData> toAvro(List<Part> parts) {
        return parts.stream().map(Parts::toAvro).toList();
    }

    static List<Part> toCore(List<PartData> parts) {
        return parts.stream().map(Parts::toCore).toList();
    }

    static ContentData toAvro(Content content) {
        return switch (content) {
            case Content.Inline(String text) -> new ContentData(text, null, 0L, NONE);
            case Content.Reference(String sha256, long bytes, String excerpt) ->
                new ContentData(null, sha256, bytes, excerpt);
        };
    }

    static Content toCore(ContentData content) {
        if (content.getSha256() != null) {
            return new Content.Reference(content.getSha256(), content.getBytes(), content.getExcerpt());
        }
        return new Content.Inline(Kinds.body("text or sha256", content.getText()));
    }

    private static PartData toAvro(Part part) {
        ContentData content = toAvro(part.content());
        return switch (part) {
            case Part.Text _ -> new PartData(PartType.TEXT, content, NONE, NONE, false, NONE);
            case Part.Thinking _ -> new PartData(PartType.THINKING, content, NONE, NONE, false, NONE);
            case Part.ToolCall call -> new PartData(PartType.TOOL_CALL, content, call.id(), call.name(), false, NONE);
            case Part.ToolResult result -> new PartData(PartType.TOOL_RESULT, content, result.callId(),
                    result.toolName(), result.error(), NONE);
            case Part.Image image -> new PartData(PartType.IMAGE, content, NONE, NONE, false, image.mediaType());
        };
    }

    private static Part toCore(PartData part) {
        Content content = toCore(part.getContent());
        return switch (part.getType()) {
            case TEXT -> new Part.Text(content);
            case THINKING -> new Part.Thinking(content);
            case TOOL_CALL -> new Part.ToolCall(part.getCallId(), part.getTool(), content);
            case TOOL_RESULT -> new Part.ToolResult(part.getCallId(), part.getTool(), content, part.getError());
            case IMAGE -> new Part.Image(part.getMediaType(), content);
            case UNKNOWN -> throw new UnknownKindException("part type", "UNKNOWN");
        };
    }
}
