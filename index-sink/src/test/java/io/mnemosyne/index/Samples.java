package io.mnemosyne.index;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;

/** Records as the pipeline writes them. */
final class Samples {
    static final ThreadKey THREAD = new ThreadKey("acme", "session-1");
    static final Instant AT = Instant.parse("2026-11-21T10:15:30Z");
    static final TopicNames NAMES = TopicNames.plain();
    static final TopicSerdes SERDES = new TopicSerdes(new LocalSchemaIds(), NAMES);

    private Samples() {
    }

    static RecordReader reader() {
        return new RecordReader(SERDES, NAMES, Version.current("notes"), new Lengths().model());
    }

    static ObjectRecord object(String id, String text) {
        return object(id, Content.of(text), Optional.empty(), true);
    }

    static ObjectRecord object(String id, Content content, Optional<String> supersedes, boolean admitted) {
        return object(id, content, supersedes, admitted, List.of());
    }

    static ObjectRecord related(String id, Optional<String> supersedes, List<SemanticObject.Relation> relations) {
        return object(id, Content.of("text"), supersedes, true, relations);
    }

    private static ObjectRecord object(String id, Content content, Optional<String> supersedes, boolean admitted,
            List<SemanticObject.Relation> relations) {
        SemanticObject object = new SemanticObject(id, SemanticObject.Type.FILE_CONTEXT, new SeqRange(3, 3), 0,
                "read src/Main.java", Sha256.hex(content.shown()), content.bytes(), 7, "read_file",
                Optional.of("src/Main.java"), false, supersedes,
                new SemanticObject.Admission(admitted, 0.5, "score"), relations, List.of("java"), Optional.empty());
        return new ObjectRecord(THREAD, 0, object, content);
    }

    static MemoryRecord observed(String id, long from, long to) {
        return new MemoryRecord(THREAD, 0,
                new MemoryEvent.Observed(segment(id, Segment.Kind.OBSERVATION, new SeqRange(from, to))));
    }

    static MemoryRecord reflected(String id, long from, long to, String... replaces) {
        return new MemoryRecord(THREAD, 0, new MemoryEvent.Reflected(
                segment(id, Segment.Kind.REFLECTION, new SeqRange(from, to)), List.of(replaces)));
    }

    static Segment segment(String id, Segment.Kind kind, SeqRange range) {
        return new Segment(id, kind, range, 0,
                List.of(new LogEntry(LogEntry.Priority.NOTABLE, LogEntry.Kind.DECISION, range, Optional.of(AT),
                        "chose RocksDB for " + id)),
                Optional.of("Stores"), Optional.empty(), Optional.empty(), 12);
    }

    static String key(String row) {
        return THREAD.row("0." + row);
    }

    /** A record as a consumer sees it. */
    static ConsumerRecord<byte[], byte[]> message(String topic, long offset, @Nullable String key,
            byte @Nullable [] value) {
        return new ConsumerRecord<>(topic, 0, offset, AT.toEpochMilli(), TimestampType.CREATE_TIME, 0, 0,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, new RecordHeaders(),
                Optional.empty());
    }

    static byte[] bytes(ObjectRecord entry) {
        return SERDES.objects().serializer().serialize("objects", entry);
    }

    static byte[] bytes(MemoryRecord entry) {
        return SERDES.memory().serializer().serialize("memory", entry);
    }

    /** A text in the index under an id. */
    static Entry put(String id, String text) {
        return new Entry(Changes.of(id, AT, object(id, text)).getFirst(), message("objects", 0, id, new byte[]{1}));
    }

    static Entry of(Change change) {
        return new Entry(change, message("objects", 0, "k", new byte[]{1}));
    }
}
