package io.mnemosyne.core.reflect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.LogEntry.Priority;

/**
 * Says once what a log says again and again: one line per file, command and test target with its counts and last state,
 * one line per error that was resolved, one line per repeated sentence.
 */
final class MergedLog {
    private static final int CAUSE_CHARS = 160;
    private static final String CAUSE = " after: ";

    private MergedLog() {
    }

    /** In order of the turns that the entries rest on last. */
    static List<LogEntry> of(List<LogEntry> entries) {
        Map<Topic, LogEntry> merged = new LinkedHashMap<>();
        for (LogEntry entry : entries) {
            Topic topic = Topic.of(entry);
            Optional<LogEntry> known = Optional.ofNullable(merged.remove(topic));
            Optional<String> both = known.flatMap(earlier -> text(earlier, entry));
            known.filter(_ -> both.isEmpty()).flatMap(earlier -> unquoted(earlier, entry)).ifPresent(
                    rest -> merged.put(new Topic(rest.kind(), rest.text()), rest));
            merged.put(topic, both.flatMap(text -> known.map(earlier -> merge(earlier, entry, text))).orElse(entry));
        }
        return inOrder(resolve(merged));
    }

    /** What an entry tells about; entries of the same topic become one. */
    private record Topic(Kind kind, String subject) {
        static Topic of(LogEntry entry) {
            Optional<String> subject = Usage.of(entry).map(Usage::subject).or(() -> Quotes.of(entry).map(Quotes::head));
            return new Topic(entry.kind(), subject.orElse(entry.text()));
        }
    }

    private static LogEntry merge(LogEntry earlier, LogEntry later, String text) {
        return new LogEntry(stronger(earlier.priority(), later.priority()), later.kind(),
                earlier.seqs().span(later.seqs()), later.at().or(earlier::at), text,
                DateReference.within(text, DateReference.union(earlier.dates(), later.dates())));
    }

    /** One text for both; empty if there is too much to say for one entry. */
    private static Optional<String> text(LogEntry earlier, LogEntry later) {
        Optional<Quotes> quotes = Quotes.of(later);
        if (quotes.isPresent()) {
            return Quotes.of(earlier).flatMap(before -> before.then(quotes.get())).map(Quotes::text);
        }
        return Usage.of(earlier)
                .flatMap(before -> Usage.of(later).map(before::then))
                .map(Usage::text)
                .or(() -> Optional.of(later.text()));
    }

    /** What the earlier of two quotes says that the later one does not. */
    private static Optional<LogEntry> unquoted(LogEntry earlier, LogEntry later) {
        return Quotes.of(earlier)
                .flatMap(before -> Quotes.of(later).map(before::without))
                .filter(rest -> !rest.lines().isEmpty())
                .map(rest -> earlier.withText(rest.text()));
    }

    /**
     * An error that was resolved after its last occurrence lives on as the cause named by its resolution. A file that
     * could not be read or changed and later was needs no word.
     */
    private static List<LogEntry> resolve(Map<Topic, LogEntry> merged) {
        List<LogEntry> resolved = new ArrayList<>();
        merged.forEach((topic, entry) -> {
            Optional<LogEntry> error = beforeThat(merged, Kind.ERROR, topic, entry);
            if (topic.kind() == Kind.RESOLUTION) {
                resolved.add(error.map(cause -> withCause(entry, cause)).orElse(entry));
            } else if (topic.kind() != Kind.ERROR || !isSettled(merged, topic, entry)) {
                resolved.add(entry);
            }
        });
        return resolved;
    }

    private static boolean isSettled(Map<Topic, LogEntry> merged, Topic topic, LogEntry error) {
        return Stream.of(Kind.RESOLUTION, Kind.FILE)
                .flatMap(kind -> Optional.ofNullable(merged.get(new Topic(kind, topic.subject()))).stream())
                .anyMatch(later -> later.seqs().to() >= error.seqs().to());
    }

    private static Optional<LogEntry> beforeThat(Map<Topic, LogEntry> merged, Kind kind, Topic topic, LogEntry later) {
        return Optional.ofNullable(merged.get(new Topic(kind, topic.subject())))
                .filter(earlier -> earlier.seqs().to() <= later.seqs().to());
    }

    private static LogEntry withCause(LogEntry resolution, LogEntry error) {
        String cause = Usage.of(error).map(Usage::last).orElse(error.text()).strip();
        String own = resolution.text();
        if (cause.isEmpty() || own.contains("failed before")) {
            return resolution;
        }
        int known = own.indexOf(CAUSE);
        String text = (known < 0 ? own : own.substring(0, known)) + CAUSE + Phrases.clip(cause, CAUSE_CHARS);
        return new LogEntry(resolution.priority(), resolution.kind(), error.seqs().span(resolution.seqs()),
                resolution.at(), text,
                DateReference.within(text, DateReference.union(resolution.dates(), error.dates())));
    }

    private static List<LogEntry> inOrder(List<LogEntry> entries) {
        return entries.stream()
                .sorted(Comparator.comparingLong((LogEntry entry) -> entry.seqs().to())
                        .thenComparingLong(entry -> entry.seqs().from())
                        .thenComparing(LogEntry::kind)
                        .thenComparing(LogEntry::text))
                .toList();
    }

    private static Priority stronger(Priority one, Priority other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
