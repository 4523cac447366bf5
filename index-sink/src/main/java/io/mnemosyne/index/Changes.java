package io.mnemosyne.index;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SemanticObject;

/** Reads objects, memory and vectors as changes of the index. Pure. */
final class Changes {
    private Changes() {
    }

    /** A tombstone of a topic each of whose records has a document of its own. */
    static List<Change> ofTombstone(String key) {
        return List.of(new Change.Remove(key));
    }

    static List<Change> of(String key, Instant at, ObjectRecord entry) {
        SemanticObject object = entry.object();
        Documents documents = new Documents(entry.thread(), entry.incarnation());
        Map<String, Object> fields = documents.found(object.id(), "object", object.seqs(), at);
        fields.put(Field.TYPE, Documents.lower(object.type()));
        fields.put(Field.TOOL, object.tool());
        object.path().ifPresent(path -> fields.put(Field.PATH, path));
        fields.put(Field.TAGS, object.tags());
        fields.put(Field.STUB, object.stub());
        fields.put(Field.TEXT, entry.content().shown());
        fields.put(Field.EXCERPT, entry.content() instanceof Content.Reference);
        fields.put(Field.TOKENS, object.tokens());
        fields.put(Field.ERROR, object.error());
        fields.put(Field.ADMITTED, object.admission().admitted());
        fields.put(Field.CONTENT_HASH, object.contentHash());
        object.supersedes().ifPresent(older -> fields.put(Field.SUPERSEDES, older));
        Stream<Change> stale = object.makesStale().stream()
                .map(older -> new Change.Merge(documents.id(older), Map.of(Field.SUPERSEDED_BY, object.id()), false));
        return Stream.concat(Stream.of(new Change.Merge(key, fields, true)), stale).toList();
    }

    static List<Change> of(String key, Instant at, MemoryRecord entry) {
        Documents documents = new Documents(entry.thread(), entry.incarnation());
        return switch (entry.event()) {
            case MemoryEvent.Observed observed -> List.of(segment(key, at, documents, observed.segment()));
            case MemoryEvent.Reflected reflected -> List.of(segment(key, at, documents, reflected.segment()),
                    new Change.Retire(entry.thread(), entry.incarnation(), reflected.replaces(),
                            reflected.segment().id()));
            case MemoryEvent.StateChanged(ProjectState state) -> StateDocuments.of(documents, at, state);
            case MemoryEvent.Controlled(Command command) when command.kind() == Command.Kind.DELETE ->
                List.of(new Change.RemoveThread(entry.thread(), entry.incarnation()));
            case MemoryEvent.Controlled _ -> List.of();
        };
    }

    /**
     * A vector may come before its text, as they are of different topics; then it waits in a document that no search
     * finds, since every search asks for a tenant.
     */
    static List<Change> of(String key, EmbeddingVector vector) {
        Map<String, Object> fields = new Documents(vector.thread(), vector.incarnation()).owned();
        fields.put(Field.VECTOR, vector.values());
        fields.put(Field.MODEL, vector.model());
        return List.of(new Change.Merge(key, fields, true));
    }

    private static Change segment(String key, Instant at, Documents documents, Segment segment) {
        Map<String, Object> fields = documents.found(segment.id(), segment.kind(), segment.range(), at);
        segment.title().ifPresent(title -> fields.put(Field.STUB, title));
        segment.entries().stream().flatMap(line -> line.at().stream()).max(Comparator.naturalOrder())
                .ifPresent(newest -> fields.put(Field.SAID, newest.toString()));
        fields.put(Field.TEXT, SegmentText.of(segment));
        fields.put(Field.EXCERPT, false);
        fields.put(Field.TOKENS, segment.tokens());
        fields.put(Field.ADMITTED, true);
        return new Change.Merge(key, fields, true);
    }
}
