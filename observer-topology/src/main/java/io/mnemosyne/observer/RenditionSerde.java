package io.mnemosyne.observer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.common.serialization.Serde;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.schemas.streams.StateSerde;

/** How renditions are stored: the kinds of part and content go by short names. */
final class RenditionSerde {
    private RenditionSerde() {
    }

    static Serde<Rendition> create() {
        ObjectMapper mapper = StateSerde.mapper();
        mapper.addMixIn(Part.class, PartKinds.class);
        mapper.addMixIn(Content.class, ContentKinds.class);
        return StateSerde.of(Rendition.class, mapper);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Part.Text.class, name = "text"),
            @JsonSubTypes.Type(value = Part.Thinking.class, name = "thinking"),
            @JsonSubTypes.Type(value = Part.ToolCall.class, name = "call"),
            @JsonSubTypes.Type(value = Part.ToolResult.class, name = "result"),
            @JsonSubTypes.Type(value = Part.Image.class, name = "image")})
    private interface PartKinds {
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Content.Inline.class, name = "inline"),
            @JsonSubTypes.Type(value = Content.Reference.class, name = "reference")})
    private interface ContentKinds {
    }
}
