package io.mnemosyne.core.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.LogEntry.Priority;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.TurnFacts;

/** The lines of a segment that say which of its turns nobody read in full, so that an agent knows where to look. */
final class Unread {
    private static final String RECALL = "; to be recalled by turn";

    private Unread() {
    }

    /**
     * A line for each turn that is larger than all that is observed at once: of it only an excerpt was shown.
     *
     * @param turns of the range
     */
    static List<LogEntry> giants(List<TurnFacts> turns, long cap) {
        return turns.stream().filter(turn -> turn.tokens() > cap)
                .map(turn -> new LogEntry(Priority.NOTABLE, Kind.FACT, SeqRange.of(turn.seq()), turn.at(),
                        String.format(Locale.ROOT, "%,d tokens, of which only beginning and end were observed%s",
                                turn.tokens(), RECALL)))
                .toList();
    }

    /** The line of a range that no observer had anything usable to say about, in any attempt. */
    static LogEntry range(SeqRange range) {
        return new LogEntry(Priority.NOTABLE, Kind.FACT, range, Optional.empty(),
                "no observer could sum these turns up" + RECALL);
    }

    /** The entries in the order of their turns. */
    static List<LogEntry> among(List<LogEntry> entries, List<LogEntry> unread) {
        List<LogEntry> all = new ArrayList<>(entries);
        for (LogEntry line : unread) {
            int place = 0;
            while (place < all.size() && all.get(place).seqs().from() <= line.seqs().from()) {
                place++;
            }
            all.add(place, line);
        }
        return all;
    }
}
