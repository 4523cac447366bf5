package io.mnemosyne.core.reflect;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.LogEntry.Priority;
import io.mnemosyne.core.SeqRange;

/** The line that declares how many entries of which kinds a reflection no longer has; it adds up over reflections. */
public final class LeftOut {
    private static final String BEGINNING = "left out here, to be recalled by turn: ";
    private static final Pattern COUNT = Pattern.compile("(\\d{1,9}) (\\w+)");

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    /** Whether an entry is such a line. */
    public static boolean is(LogEntry entry) {
        return entry.kind() == Kind.FACT && entry.text().startsWith(BEGINNING);
    }

    /** Starts from what earlier reflections left out. */
    static LeftOut of(List<LogEntry> entries) {
        LeftOut earlier = new LeftOut();
        entries.stream().filter(LeftOut::is).forEach(earlier::add);
        return earlier;
    }

    /** Counts the entries that the one list has more than the other. */
    LeftOut and(List<LogEntry> before, List<LogEntry> after) {
        LeftOut sum = new LeftOut();
        sum.counts.putAll(counts);
        before.forEach(entry -> sum.counts.merge(entry.kind(), 1, Integer::sum));
        after.forEach(entry -> sum.counts.merge(entry.kind(), -1, Integer::sum));
        return sum;
    }

    /**
     * The line of a reflection that somebody else wrote. What says the same is counted once.
     *
     * @param before all entries of what it replaces, such lines of theirs included
     * @param after the entries that it has
     * @param range of what it replaces
     * @return empty if nothing was left out
     */
    public static Optional<LogEntry> line(List<LogEntry> before, List<LogEntry> after, SeqRange range) {
        List<LogEntry> merged = MergedLog.of(before.stream().filter(entry -> !is(entry)).toList());
        return of(before).and(merged, after).entry(range);
    }

    Optional<LogEntry> entry(SeqRange range) {
        String kinds = counts.entrySet()
                .stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " " + count.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return kinds.isEmpty()
                ? Optional.empty()
                : Optional.of(new LogEntry(Priority.MINOR, Kind.FACT, range, Optional.empty(), BEGINNING + kinds));
    }

    private void add(LogEntry line) {
        COUNT.matcher(line.text()).results().forEach(count -> {
            for (Kind kind : Kind.values()) {
                if (kind.name().equalsIgnoreCase(count.group(2))) {
                    counts.merge(kind, Integer.parseInt(count.group(1)), Integer::sum);
                }
            }
        });
    }
}
