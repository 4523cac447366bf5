package io.mnemosyne.index.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.index.Field;

/**
 * A document that a search found, as far as it was asked for.
 *
 * @param subject id of the object or segment
 * @param kind as {@link Field#KIND} says
 * @param type of an object in lower case, else empty
 * @param at when it was said, as far as that is known
 * @param stub one line that names it, empty if it has none
 * @param text as indexed: for a very large object its excerpt
 * @param tokens of its whole text
 * @param contentHash of an object's whole text, else empty
 * @param tags of an object
 * @param objects of a window, those of each turn; else empty
 * @param supersedes what it made stale
 * @param staleBy what made it stale
 * @param score comparable within one search only
 */
public record Found(String subject, String kind, String type, SeqRange seqs, Optional<Instant> at, String stub,
        String text,
        long tokens, String contentHash, List<String> tags, List<List<String>> objects, List<String> supersedes,
        List<String> staleBy, double score) {
    public Found {
        tags = List.copyOf(tags);
        objects = List.copyOf(objects);
        supersedes = List.copyOf(supersedes);
        staleBy = List.copyOf(staleBy);
    }

    static Found of(JsonNode source, double score) {
        String said = source.path(Field.SAID).asText("");
        return new Found(source.path(Field.SUBJECT).asText(), source.path(Field.KIND).asText(),
                source.path(Field.TYPE).asText(""),
                new SeqRange(source.path(Field.FROM_SEQ).asLong(), source.path(Field.TO_SEQ).asLong()),
                said.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(said)),
                source.path(Field.STUB).asText(""), source.path(Field.TEXT).asText(""),
                source.path(Field.TOKENS).asLong(), source.path(Field.CONTENT_HASH).asText(""),
                texts(source.path(Field.TAGS)),
                Field.WINDOW_OBJECTS.stream().map(field -> texts(source.path(field))).toList(),
                texts(source.path(Field.SUPERSEDES)),
                Stream.of(Field.SUPERSEDED_BY, Field.RETIRED_BY)
                        .flatMap(field -> texts(source.path(field)).stream()).toList(),
                score);
    }

    /** A value, or all of a list. */
    private static List<String> texts(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(JsonNode::asText).toList();
        }
        return value.isTextual() ? List.of(value.asText()) : List.of();
    }
}
