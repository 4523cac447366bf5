package io.mnemosyne.inference.providers.offline;

import java.time.Instant;
import java.util.Optional;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.SeqRange;

/**
 * An entry that may be written.
 *
 * @param weight how much it is worth, compared with the others of its chunk
 */
record Candidate(LogEntry entry, double weight) {
    static Candidate of(double weight, LogEntry.Priority priority, LogEntry.Kind kind, SeqRange seqs,
            Optional<Instant> at, String text) {
        return new Candidate(new LogEntry(priority, kind, seqs, at, Texts.clip(text, 2_000)), weight);
    }
}
