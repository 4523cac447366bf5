package io.mnemosyne.launcher.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;

/** What the stages write about one thread. */
record SearchedThread(ThreadKey key) {
    private static final Instant AT = Instant.parse("2026-11-21T10:15:30Z");

    static SearchedThread of(String name) {
        return new SearchedThread(new ThreadKey("acme", name));
    }

    /** The record key of a row. */
    String row(String id) {
        return key.row("0." + id);
    }

    ObjectRecord object(String id, String path, String text, long tokens) {
        return new ObjectRecord(key, 0, new SemanticObject(id, SemanticObject.Type.FILE_CONTEXT, new SeqRange(3, 3), 0,
                "read " + path, Sha256.hex(text), text.length(), tokens, "read_file", Optional.of(path), false,
                Optional.empty(), new SemanticObject.Admission(true, 0.5, "score"), List.of(), List.of(),
                Optional.empty()),
                Content.of(text));
    }

    /** A turn from which one object was cut. */
    TurnsRecord turn(long seq, ObjectRecord object) {
        RawTurn body = new RawTurn("e" + seq, Role.USER, List.of(new Part.Text(object.content())), Origin.at(AT));
        return new TurnsRecord(key, 0, new Position("turns.raw", 0, seq),
                new TurnEvent.Appended(new Turn(key, 0, seq, body, 3, List.of(object.object()))));
    }

    MemoryRecord observation(String id, String text) {
        SeqRange turns = new SeqRange(0, 9);
        return new MemoryRecord(key, 0, new MemoryEvent.Observed(new Segment(id, Segment.Kind.OBSERVATION, turns, 0,
                List.of(new LogEntry(LogEntry.Priority.NOTABLE, LogEntry.Kind.DECISION, turns, Optional.of(AT), text)),
                Optional.of("Observed"), Optional.empty(), Optional.empty(), 12)));
    }

    /** The record that ends the first incarnation. */
    MemoryRecord deletion() {
        return new MemoryRecord(key, 1,
                new MemoryEvent.Controlled(new Command("c-1", Command.Kind.DELETE, Optional.of(AT),
                        Map.of())));
    }
}
