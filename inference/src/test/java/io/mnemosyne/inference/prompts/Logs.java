package io.mnemosyne.inference.prompts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.LogEntry.Priority;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.tokens.O200kTokenCounter;

/** Builds the logs of a test: turns 0 to 39 in two segments. */
final class Logs {
    static final String INSTRUCTION = "Never push to main without asking me.";

    private Logs() {
    }

    static LogEntry entry(long seq, Kind kind, String text) {
        return new LogEntry(kind == Kind.INSTRUCTION ? Priority.CRITICAL : Priority.NOTABLE, kind, SeqRange.of(seq),
                Optional.of(Turns.START.plusSeconds(60 * seq)), text);
    }

    static List<LogEntry> standard() {
        return List.of(
                entry(0, Kind.REQUEST, "Make the importer read gzip files. " + "They come every night. ".repeat(20)),
                entry(1, Kind.INSTRUCTION, INSTRUCTION),
                entry(5, Kind.ERROR, "ZipError: bad magic in src/import/Reader.java:31 " + "at frame ".repeat(60)),
                entry(9, Kind.FILE, "edited src/import/Reader.java"),
                entry(22, Kind.DECISION,
                        "Use the JDK's GZIPInputStream rather than a library. " + "It is enough. ".repeat(30)),
                entry(31, Kind.TEST, "`mvn test` 41 passed"));
    }

    static Segment segment(long from, long to, List<LogEntry> entries) {
        Segment segment = new Segment("s" + from, Segment.Kind.OBSERVATION, new SeqRange(from, to), 0, entries,
                Optional.empty(), Optional.empty(), Optional.empty(), 0);
        return segment.sized(O200kTokenCounter.shared().count(SegmentText.of(segment)));
    }

    static ReflectionRequest request(List<LogEntry> entries, Optional<String> goal, long target) {
        List<Segment> segments = List.of(
                segment(0, 19, entries.stream().filter(entry -> entry.seqs().from() < 20).toList()),
                segment(20, 39, entries.stream().filter(entry -> entry.seqs().from() >= 20).toList()));
        List<ProjectState.Item> goals = goal.stream().map(text -> new ProjectState.Item(text, SeqRange.of(0))).toList();
        ProjectState previous = new ProjectState(1, goals, List.of(), List.of(), Map.of(), List.of(), List.of(),
                List.of());
        return new ReflectionRequest("r", new ThreadKey("default", "t"), 0, 1, Instant.MAX, target, segments, previous);
    }
}
