package io.mnemosyne.inference.completions;

import java.util.Optional;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.inference.providers.ModelName;

/**
 * Hashes what is asked of whom. Attempt, lease and priority are left out, so that a retry finds what an earlier attempt
 * paid for. Fields are length-prefixed, so that no two requests are written alike.
 */
public final class RequestHash {
    private final StringBuilder canonical = new StringBuilder();

    private RequestHash() {
    }

    /** Lower-case hex SHA-256 of an observer's request to a model. */
    public static String of(ObservationRequest request, ModelName model) {
        RequestHash hash = new RequestHash().add("observer").add(model).add(request.incarnation())
                .add(request.range().toString()).add(Sha256.hex(request.priorMemory()));
        request.turns().forEach(hash::add);
        return Sha256.hex(hash.canonical.toString());
    }

    /** Lower-case hex SHA-256 of a reflector's request to a model. */
    public static String of(ReflectionRequest request, ModelName model) {
        RequestHash hash = new RequestHash().add("reflector").add(model).add(request.incarnation())
                .add(request.targetTokens()).add(Sha256.hex(OutcomeJson.write(request.previous())));
        for (Segment segment : request.segments()) {
            hash.add(segment.id()).add(Sha256.hex(SegmentText.of(segment)));
        }
        return Sha256.hex(hash.canonical.toString());
    }

    /** Lower-case hex SHA-256 of a summarizer's request to a model. */
    public static String of(SummaryRequest request, ModelName model) {
        SemanticObject object = request.object();
        return Sha256.hex(new RequestHash().add("summarizer").add(model).add(request.incarnation()).add(object.id())
                .add(object.type().name()).add(object.seqs().toString()).add(object.stub()).add(object.tool())
                .add(object.path().orElse("")).add(object.tokens()).add(request.fidelity().name())
                .add(request.targetTokens()).add(hash(request.content())).canonical.toString());
    }

    private RequestHash add(Rendition turn) {
        add(turn.seq()).add(turn.role().name()).add(turn.at().map(Object::toString).orElse(""));
        for (Part part : turn.parts()) {
            add(part.getClass().getSimpleName()).add(details(part)).add(hash(part.content()));
        }
        return this;
    }

    private static String details(Part part) {
        return switch (part) {
            case Part.Text _,Part.Thinking _ -> "";
            case Part.ToolCall call -> call.id() + " " + call.name();
            case Part.ToolResult result -> result.callId() + " " + result.toolName() + " " + result.error();
            case Part.Image image -> image.mediaType();
        };
    }

    private static String hash(Content content) {
        Optional<String> whole = content instanceof Content.Reference reference
                ? Optional.of(reference.sha256())
                : Optional.empty();
        return whole.orElse("") + Sha256.hex(content.shown());
    }

    private RequestHash add(ModelName model) {
        return add(model.provider()).add(model.model()).add(model.promptVersion());
    }

    private RequestHash add(long number) {
        return add(Long.toString(number));
    }

    private RequestHash add(String field) {
        canonical.append(field.length()).append(':').append(field);
        return this;
    }
}
