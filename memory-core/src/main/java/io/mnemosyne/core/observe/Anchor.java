package io.mnemosyne.core.observe;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.time.RelativeDates;

/**
 * Says what "yesterday" meant when it was said, whichever model wrote it down. Done when an observation is made, since
 * nobody knows later; where it is not known when something was said, nothing is made up.
 */
final class Anchor {
    /** Kinds that tell what somebody said; the others quote names, commands and output. */
    private static final Set<Kind> SAID = Set.of(Kind.REQUEST, Kind.INSTRUCTION, Kind.DECISION);
    private static final Set<Kind> PERHAPS_SAID = Set.of(Kind.FACT, Kind.RESOLUTION);
    /** As much of a line as an entry must share to be where it comes from, characters. */
    private static final int SHARED = 40;

    private final Set<Long> toolAnswers;
    private final ZoneId zone;

    /** @param state knows the turns that are observed */
    Anchor(ObserverState state, ZoneId zone) {
        this.zone = zone;
        toolAnswers = state.uncovered().stream().filter(SafePrefix::isToolAnswer).map(TurnFacts::seq)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The entry with the dates of its relative words. */
    LogEntry date(LogEntry entry) {
        return entry.withDates(isSaid(entry)
                ? entry.at().map(at -> RelativeDates.in(entry.text(), at, zone)).orElse(List.of())
                : List.of());
    }

    /** What a tool printed was written on another day than it was read. */
    private boolean isSaid(LogEntry entry) {
        return SAID.contains(entry.kind())
                || (PERHAPS_SAID.contains(entry.kind()) && toolAnswers.stream().noneMatch(entry.seqs()::contains));
    }

    /** A title, task or step with the dates of its relative words behind it. */
    String date(String line, List<LogEntry> entries) {
        return said(line, entries).map(at -> DateReference.beside(line, RelativeDates.in(line, at, zone))).orElse(line);
    }

    /** When the newest entry that has the line was made; else, if all are of one day, that day. */
    private Optional<Instant> said(String line, List<LogEntry> entries) {
        String shared = head(line);
        Optional<Instant> quoted = entries.reversed().stream().filter(entry -> head(entry.text()).startsWith(shared))
                .flatMap(entry -> entry.at().stream()).findFirst();
        List<Instant> times = entries.stream().flatMap(entry -> entry.at().stream()).toList();
        boolean oneDay = times.stream().map(at -> LocalDate.ofInstant(at, zone)).distinct().count() == 1;
        return quoted.or(() -> oneDay ? Optional.of(times.getLast()) : Optional.empty());
    }

    private static String head(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.substring(0, Math.min(SHARED, line.length()));
    }
}
