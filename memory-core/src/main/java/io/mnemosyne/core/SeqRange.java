package io.mnemosyne.core;

/** Turns {@code from} to {@code to} of a thread, both included. */
public record SeqRange(long from, long to) {
    /** @throws IllegalArgumentException if the range is empty or starts below 0 */
    public SeqRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no range of seqs: " + from + " to " + to);
        }
    }

    public static SeqRange of(long seq) {
        return new SeqRange(seq, seq);
    }

    public long size() {
        return to - from + 1;
    }

    public boolean contains(long seq) {
        return from <= seq && seq <= to;
    }

    public boolean contains(SeqRange other) {
        return from <= other.from && other.to <= to;
    }

    /** The smallest range that holds both. */
    public SeqRange span(SeqRange other) {
        return new SeqRange(Math.min(from, other.from), Math.max(to, other.to));
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
