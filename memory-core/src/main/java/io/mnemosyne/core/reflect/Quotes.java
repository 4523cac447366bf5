package io.mnemosyne.core.reflect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.mnemosyne.core.LogEntry;

/**
 * Lines quoted from one source: a fact whose first line is {@code from src/a.py:} and whose other lines stand there.
 *
 * @param head the first line
 * @param lines without repetitions, the latest last
 */
record Quotes(String head, List<String> lines) {
    private static final String BEGINNING = "from ";
    private static final int MAX_CHARS = 2_000;

    static Optional<Quotes> of(LogEntry entry) {
        List<String> lines = entry.text().lines().toList();
        boolean quotes = entry.kind() == LogEntry.Kind.FACT && lines.size() > 1
                && lines.getFirst().startsWith(BEGINNING) && lines.getFirst().endsWith(":");
        return quotes ? Optional.of(new Quotes(lines.getFirst(), lines.subList(1, lines.size()))) : Optional.empty();
    }

    /** Both together, or empty if that would be too long for one entry. */
    Optional<Quotes> then(Quotes later) {
        Set<String> union = new LinkedHashSet<>(without(later).lines);
        union.addAll(later.lines);
        Quotes both = new Quotes(head, List.copyOf(union));
        return both.text().length() <= MAX_CHARS ? Optional.of(both) : Optional.empty();
    }

    /** The lines that the later one does not quote as well. */
    Quotes without(Quotes later) {
        Set<String> repeated = Set.copyOf(later.lines);
        return new Quotes(head, lines.stream().filter(line -> !repeated.contains(line)).toList());
    }

    String text() {
        return head + "\n" + String.join("\n", lines);
    }
}
