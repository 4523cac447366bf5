package io.mnemosyne.context;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.common.serialization.Serde;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.view.ViewState;
import io.mnemosyne.schemas.streams.StateSerde;

/** How the rows of this topology are kept. */
final class RowSerdes {
    private RowSerdes() {
    }

    static Serde<ViewState> heads() {
        return StateSerde.of(ViewState.class);
    }

    static Serde<SizedTurn> turns() {
        ObjectMapper mapper = StateSerde.mapper();
        mapper.addMixIn(Part.class, PartKinds.class);
        mapper.addMixIn(Content.class, ContentKinds.class);
        return StateSerde.of(SizedTurn.class, mapper);
    }

    static Serde<Segment> segments() {
        return StateSerde.of(Segment.class);
    }

    static Serde<ProjectState> states() {
        return StateSerde.of(ProjectState.class);
    }

    static Serde<Forms> forms() {
        return StateSerde.of(Forms.class);
    }

    static Serde<ObjectRow> objects() {
        return StateSerde.of(ObjectRow.class);
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
