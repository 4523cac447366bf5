package io.mnemosyne.core.reflect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            merged.put(topic, known.map(earlier -> merge(earlier, entry)).orElse(entry));
        }
        return inOrder(resolve(merged));
    }

    /** What an entry tells about; entries of the same topic become one. */
    private record Topic(Kind kind, String subject) {
        static Topic of(LogEntry entry) {
            return new Topic(entry.kind(), Usage.of(entry).map(Usage::subject).orElse(entry.text()));
        }
    }

    private static LogEntry merge(LogEntry earlier, LogEntry later) {
        String text = Usage.of(earlier)
                .flatMap(before -> Usage.of(later).map(before::then))
                .map(Usage::text)
                .orElse(later.text());
        return new LogEntry(stronger(earlier.priority(), later.priority()), later.kind(),
                earlier.seqs().span(later.seqs()), later.at().or(earlier::at), text);
    }

    /** An error that was resolved after its last occurrence lives on as the cause named by its resolution. */
    private static List<LogEntry> resolve(Map<Topic, LogEntry> merged) {
        Map<Topic, LogEntry> rest = new LinkedHashMap<>(merged);
        List<LogEntry> resolved = new ArrayList<>();
        for (Map.Entry<Topic, LogEntry> entry : merged.entrySet()) {
            Topic failure = new Topic(Kind.ERROR, entry.getKey().subject());
            LogEntry error = rest.get(failure);
            boolean resolves = entry.getKey().kind() == Kind.RESOLUTION && error != null
                    && error.seqs().to() <= entry.getValue().seqs().to();
            if (resolves && error != null) {
                rest.remove(failure);
                rest.remove(entry.getKey());
                resolved.add(withCause(entry.getValue(), error));
            }
        }
        resolved.addAll(rest.values());
        return resolved;
    }

    private static LogEntry withCause(LogEntry resolution, LogEntry error) {
        String cause = Usage.of(error).map(Usage::last).orElse(error.text()).strip();
        String own = resolution.text();
        int known = own.indexOf(CAUSE);
        String text = (known < 0 ? own : own.substring(0, known)) + CAUSE + Phrases.clip(cause, CAUSE_CHARS);
        return new LogEntry(resolution.priority(), resolution.kind(), error.seqs().span(resolution.seqs()),
                resolution.at(), cause.isEmpty() ? own : text);
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
