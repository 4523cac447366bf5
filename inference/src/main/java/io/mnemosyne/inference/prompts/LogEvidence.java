package io.mnemosyne.inference.prompts;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.SeqRange;

/** The entries that a reflector was shown. */
record LogEvidence(SeqRange range, List<LogEntry> entries) implements Evidence {
    LogEvidence {
        entries = List.copyOf(entries);
    }

    @Override
    public boolean wasShown(SeqRange seqs) {
        return range.contains(seqs) && within(seqs).findAny().isPresent();
    }

    @Override
    public List<Instant> times(SeqRange seqs) {
        return within(seqs).flatMap(entry -> entry.at().stream()).toList();
    }

    /** What only users say is still said by them. */
    @Override
    public boolean allows(Kind kind, SeqRange seqs) {
        return switch (kind) {
            case REQUEST -> isSaidByUser(seqs);
            case INSTRUCTION -> within(SeqRange.of(seqs.from())).anyMatch(entry -> entry.kind() == Kind.INSTRUCTION);
            case DECISION, FILE, COMMAND, ERROR, RESOLUTION, TEST, FACT -> true;
        };
    }

    /** Whether the stretch begins where a user asked for something. */
    boolean isSaidByUser(SeqRange seqs) {
        return within(SeqRange.of(seqs.from()))
                .anyMatch(entry -> entry.kind() == Kind.REQUEST || entry.kind() == Kind.INSTRUCTION);
    }

    /** What relative words of a text referred to in the entries that it was made of. */
    List<DateReference> dates(String text, SeqRange seqs) {
        List<DateReference> dates = within(seqs).map(LogEntry::dates).reduce(List.of(), DateReference::union);
        return DateReference.within(text, dates);
    }

    /** Whether a name stands anywhere in what was shown. */
    boolean names(String name, Collection<String> otherwiseKnown) {
        return otherwiseKnown.contains(name) || entries.stream().anyMatch(entry -> entry.text().contains(name));
    }

    private Stream<LogEntry> within(SeqRange seqs) {
        return entries.stream().filter(entry -> entry.seqs().from() <= seqs.to() && seqs.from() <= entry.seqs().to());
    }
}
