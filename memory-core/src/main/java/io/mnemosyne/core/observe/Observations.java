package io.mnemosyne.core.observe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.tokens.TokenCounter;

/** Makes segments of what a worker answered, within bounds that no answer can exceed. */
final class Observations {
    /** Longest text of one entry, in characters. */
    static final int MAX_ENTRY = 2_000;
    /** Longest title, task or step, in characters. */
    static final int MAX_LINE = 500;
    /** Characters of all entries of a segment together; beyond it the least important ones are left out. */
    static final int MAX_ENTRIES = 48_000;

    private final TokenCounter tokens;

    Observations(TokenCounter tokens) {
        this.tokens = tokens;
    }

    /** The entries that rest on turns of the range and say something, clipped, in order of their turns. */
    static List<LogEntry> usable(List<LogEntry> entries, SeqRange range) {
        List<LogEntry> kept = new ArrayList<>();
        int room = MAX_ENTRIES;
        List<LogEntry> candidates = entries.stream()
                .filter(entry -> range.contains(entry.seqs()) && !entry.text().isBlank()).map(Observations::clip)
                .sorted(Comparator.comparingInt(Observations::importance)).toList();
        for (LogEntry entry : candidates) {
            room -= entry.text().length();
            if (room < 0) {
                break;
            }
            kept.add(entry);
        }
        kept.sort(Comparator.comparingLong(entry -> entry.seqs().from()));
        return kept;
    }

    /** A segment of the range; without entries it says that nothing was notable. */
    Segment segment(ObserverState state, Policy policy, SeqRange range, List<LogEntry> entries, Optional<String> title,
            Optional<String> currentTask, Optional<String> nextStep) {
        Anchor anchor = new Anchor(state, policy.zone());
        List<LogEntry> anchored = entries.stream().map(anchor::date).toList();
        String id = Sha256.id("segment", state.thread().toString(), Long.toString(state.incarnation()), "observation",
                Long.toString(range.from()), Long.toString(range.to()));
        UnaryOperator<String> dated = text -> anchor.date(text, entries);
        Segment uncounted = new Segment(id, Segment.Kind.OBSERVATION, range, 0, anchored, line(title).map(dated),
                line(currentTask).map(dated), line(nextStep).map(dated), 0).in(policy.zone());
        return uncounted.sized(tokens.count(SegmentText.of(uncounted)));
    }

    /** What is said of finished work keeps it from being done again, so only minor entries go first. */
    private static int importance(LogEntry entry) {
        return switch (entry.priority()) {
            case CRITICAL -> 0;
            case NOTABLE, DONE -> 1;
            case MINOR -> 2;
        };
    }

    private static LogEntry clip(LogEntry entry) {
        return entry.withText(clip(entry.text(), MAX_ENTRY));
    }

    private static Optional<String> line(Optional<String> text) {
        return text.map(String::strip).filter(line -> !line.isEmpty())
                .map(line -> clip(line.replace('\n', ' '), MAX_LINE));
    }

    private static String clip(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }
}
