package io.mnemosyne.index;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.ThreadKey;

/** Reads records as changes of the index. Pure. */
final class Changes {
    private Changes() {
    }

    /** A tombstone of any topic that the index reads. */
    static List<Change> ofTombstone(String key) {
        return List.of(new Change.Remove(key));
    }

    static List<Change> of(String key, Instant at, ObjectRecord entry) {
        SemanticObject object = entry.object();
        Map<String, Object> fields = common(entry.thread(), entry.incarnation(), object.id(), at);
        fields.put(Field.KIND, "object");
        fields.put(Field.TYPE, lower(object.type()));
        fields.put(Field.FROM_SEQ, object.seqs().from());
        fields.put(Field.TO_SEQ, object.seqs().to());
        fields.put(Field.TOOL, object.tool());
        object.path().ifPresent(path -> fields.put(Field.PATH, path));
        fields.put(Field.STUB, object.stub());
        fields.put(Field.TEXT, entry.content().shown());
        fields.put(Field.EXCERPT, entry.content() instanceof Content.Reference);
        fields.put(Field.TOKENS, object.tokens());
        fields.put(Field.ERROR, object.error());
        fields.put(Field.ADMITTED, object.admission().admitted());
        fields.put(Field.CONTENT_HASH, object.contentHash());
        object.supersedes().ifPresent(older -> fields.put(Field.SUPERSEDES, older));
        Stream<Change> stale = object.supersedes().stream()
                .map(older -> new Change.Merge(entry.thread().row(entry.incarnation() + "." + older),
                        Map.of(Field.SUPERSEDED_BY, object.id()), false));
        return Stream.concat(Stream.of(new Change.Merge(key, fields, true)), stale).toList();
    }

    static List<Change> of(String key, Instant at, MemoryRecord entry) {
        return switch (entry.event()) {
            case MemoryEvent.Observed observed -> List.of(segment(key, at, entry, observed.segment()));
            case MemoryEvent.Reflected reflected -> List.of(segment(key, at, entry, reflected.segment()),
                    new Change.Retire(entry.thread(), entry.incarnation(), reflected.replaces(),
                            reflected.segment().id()));
            case MemoryEvent.Controlled(Command command) when command.kind() == Command.Kind.DELETE ->
                List.of(new Change.RemoveThread(entry.thread(), entry.incarnation()));
            case MemoryEvent.Controlled _,MemoryEvent.StateChanged _ -> List.of();
        };
    }

    /**
     * A vector may come before its text, as they are of different topics; then it waits in a document that no search
     * finds, since every search asks for a tenant.
     */
    static List<Change> of(String key, EmbeddingVector vector) {
        return List.of(new Change.Merge(key, Map.of(Field.VECTOR, vector.values(), Field.MODEL, vector.model()), true));
    }

    private static Change segment(String key, Instant at, MemoryRecord entry, Segment segment) {
        Map<String, Object> fields = common(entry.thread(), entry.incarnation(), segment.id(), at);
        fields.put(Field.KIND, lower(segment.kind()));
        fields.put(Field.FROM_SEQ, segment.range().from());
        fields.put(Field.TO_SEQ, segment.range().to());
        segment.title().ifPresent(title -> fields.put(Field.STUB, title));
        fields.put(Field.TEXT, SegmentText.of(segment));
        fields.put(Field.EXCERPT, false);
        fields.put(Field.TOKENS, segment.tokens());
        fields.put(Field.ADMITTED, true);
        return new Change.Merge(key, fields, true);
    }

    private static Map<String, Object> common(ThreadKey thread, long incarnation, String subject, Instant at) {
        Map<String, Object> fields = new HashMap<>();
        fields.put(Field.TENANT, thread.tenant());
        fields.put(Field.THREAD, thread.thread());
        fields.put(Field.INCARNATION, incarnation);
        fields.put(Field.SUBJECT, subject);
        fields.put(Field.TIME, at.toString());
        return fields;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
