package io.mnemosyne.context;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;

/**
 * The texts of objects.
 *
 * @param blobs finds a large text by its hash; one that has not arrived yet is shown by its excerpt
 */
public record ObjectTexts(BiFunction<ThreadKey, String, Optional<Blob>> blobs) {

    /**
     * The text of an object within so many bytes: all of it, or its beginning and end. Empty if its turn does not have it.
     *
     * @param turn that it was cut from
     * @param maxBytes at least 100
     */
    public Optional<Content> of(SemanticObject object, Turn turn, int maxBytes) {
        return part(object, turn).map(content -> switch (content) {
            case Content.Inline(String text) -> within(text, maxBytes);
            case Content.Reference reference -> blobs.apply(turn.thread(), reference.sha256())
                    .map(blob -> within(blob.text(), maxBytes)).orElse(reference);
        });
    }

    /** All the text of an object; empty if a blob of it has not arrived. */
    public Optional<String> whole(SemanticObject object, Turn turn) {
        return part(object, turn).flatMap(content -> switch (content) {
            case Content.Inline(String text) -> Optional.of(text);
            case Content.Reference reference -> blobs.apply(turn.thread(), reference.sha256()).map(Blob::text);
        });
    }

    /** The object of a turn with an id. */
    public static Optional<SemanticObject> descriptor(String id, Turn turn) {
        return turn.objects().stream().filter(object -> object.id().equals(id)).findFirst();
    }

    private static Optional<Content> part(SemanticObject object, Turn turn) {
        List<Part> parts = turn.parts();
        if (object.part() >= parts.size()) {
            return Optional.empty();
        }
        return Optional.of(object.part() >= 0
                ? parts.get(object.part()).content()
                : Content.of(parts.stream().map(part -> part.content().shown()).collect(Collectors.joining("\n"))));
    }

    private static Content within(String text, int maxBytes) {
        String shown = Excerpt.of(text, maxBytes);
        return shown.equals(text)
                ? Content.of(text)
                : new Content.Reference(Sha256.hex(text), Sha256.utf8Length(text), shown);
    }
}
