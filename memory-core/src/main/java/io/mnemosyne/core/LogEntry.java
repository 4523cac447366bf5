package io.mnemosyne.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One dated line of an observation or reflection.
 *
 * @param seqs the turns that it rests on
 * @param at when it was said or done; empty if unknown, and then never rendered
 * @param text one event, at most 2,000 characters
 * @param dates what relative words of the text refer to
 */
public record LogEntry(Priority priority, Kind kind, SeqRange seqs, Optional<Instant> at, String text,
        List<DateReference> dates) {
    public LogEntry {
        dates = List.copyOf(dates);
    }

    /** An entry whose words refer to no other day, as far as is known. */
    public LogEntry(Priority priority, Kind kind, SeqRange seqs, Optional<Instant> at, String text) {
        this(priority, kind, seqs, at, text, List.of());
    }

    /** The same with a shorter text, and the dates of the words that it still has. */
    public LogEntry withText(String shorter) {
        return new LogEntry(priority, kind, seqs, at, shorter, DateReference.within(shorter, dates));
    }

    public LogEntry withDates(List<DateReference> others) {
        return new LogEntry(priority, kind, seqs, at, text, others);
    }

    /** How much an entry matters when space is short. */
    public enum Priority {
        CRITICAL,
        NOTABLE,
        MINOR,
        DONE
    }

    /** What an entry tells. */
    public enum Kind {
        REQUEST,
        INSTRUCTION,
        DECISION,
        FILE,
        COMMAND,
        ERROR,
        RESOLUTION,
        TEST,
        FACT
    }
}
