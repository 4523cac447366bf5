package io.mnemosyne.core;

import java.time.Instant;
import java.util.Optional;

/**
 * One dated line of an observation or reflection.
 *
 * @param seqs the turns that it rests on
 * @param at when it was said or done; empty if unknown, and then never rendered
 * @param text one event, at most 2,000 characters
 */
public record LogEntry(Priority priority, Kind kind, SeqRange seqs, Optional<Instant> at, String text) {

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
