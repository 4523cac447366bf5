package io.mnemosyne.core;

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
 */
public record Segment(String id, Kind kind, SeqRange range, int level, List<LogEntry> entries, Optional<String> title,
        Optional<String> currentTask, Optional<String> nextStep, long tokens) {
    public Segment {
        entries = List.copyOf(entries);
    }

    /** How a segment came about. */
    public enum Kind {
        OBSERVATION,
        REFLECTION
    }
}
