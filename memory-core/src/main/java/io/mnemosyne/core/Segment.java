package io.mnemosyne.core;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * An observation or reflection of a range of turns. Immutable; live from its record in {@code memory} until a
 * reflection that names it.
 *
 * @param id 32 hex digits, from thread, incarnation, kind, range and level
 * @param level 0 for an observation, else 1 + the compression level at which it was written
 * @param entries in order of their turns; empty if nothing in the range was worth noting
 * @param currentTask what the agent was doing at the end of the range
 * @param nextStep what it was about to do
 * @param tokens of the rendered text, see {@link SegmentText}
 * @param zone in which its times are rendered; UTC if it has none
 */
public record Segment(String id, Kind kind, SeqRange range, int level, List<LogEntry> entries, Optional<String> title,
        Optional<String> currentTask, Optional<String> nextStep, long tokens, Optional<ZoneId> zone) {
    public Segment {
        entries = List.copyOf(entries);
    }

    /** A segment whose times are rendered in UTC. */
    public Segment(String id, Kind kind, SeqRange range, int level, List<LogEntry> entries, Optional<String> title,
            Optional<String> currentTask, Optional<String> nextStep, long tokens) {
        this(id, kind, range, level, entries, title, currentTask, nextStep, tokens, Optional.empty());
    }

    /** The same with the zone in which its times are rendered; UTC is not written down. */
    public Segment in(ZoneId other) {
        return new Segment(id, kind, range, level, entries, title, currentTask, nextStep, tokens,
                Optional.of(other).filter(zone -> !zone.equals(Policy.UTC)));
    }

    /** The same, counted. */
    public Segment sized(long counted) {
        return new Segment(id, kind, range, level, entries, title, currentTask, nextStep, counted, zone);
    }

    /** How a segment came about. */
    public enum Kind {
        OBSERVATION,
        REFLECTION
    }
}
