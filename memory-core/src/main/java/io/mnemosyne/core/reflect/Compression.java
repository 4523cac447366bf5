package io.mnemosyne.core.reflect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.LogEntry.Priority;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * How hard a merged log is cut. The newest two fifths of the lines are always cut less than what is older.
 *
 * @param level 0 to 4
 * @param oldChars longest text of an older entry
 * @param newChars longest text of a newer entry
 */
record Compression(int level, int oldChars, int newChars) {
    static final List<Compression> LEVELS = List.of(new Compression(0, 2_000, 2_000), new Compression(1, 1_000, 2_000),
            new Compression(2, 400, 1_000), new Compression(3, 200, 500), new Compression(4, 160, 300));
    private static final int HARDEST = 4;
    private static final double OLD_SHARE = 0.6;
    /** A critical instruction stays readable at every level. */
    private static final int INSTRUCTION_CHARS = 400;
    /** Around an entry's text: its mark, time, turns and kind. */
    private static final long LINE_TOKENS = 14;
    /** Heading, dates and the line that says what was left out. */
    private static final long OVERHEAD_TOKENS = 60;

    /**
     * What this level leaves of a log: all that it must keep, and of what it may drop the most telling and newest that
     * fit the target.
     *
     * @param merged in order of their turns
     */
    List<LogEntry> apply(List<LogEntry> merged, long targetTokens, TokenCounter counter) {
        int old = (int) (OLD_SHARE * merged.size());
        Set<String> told = toldElsewhere(merged);
        List<LogEntry> clipped = new ArrayList<>();
        List<Integer> optional = new ArrayList<>();
        Set<Integer> kept = new TreeSet<>();
        long room = targetTokens - OVERHEAD_TOKENS;
        for (int i = 0; i < merged.size(); i++) {
            LogEntry entry = clip(merged.get(i), i < old ? oldChars : newChars);
            clipped.add(entry);
            if (mayDrop(entry, i < old, told)) {
                optional.add(i);
            } else {
                kept.add(i);
                room -= tokens(entry, counter);
            }
        }
        optional.sort(Comparator.comparingDouble((Integer i) -> -worth(clipped.get(i), (double) i / clipped.size())));
        for (int i : optional) {
            long tokens = tokens(clipped.get(i), counter);
            if (tokens < room) {
                kept.add(i);
                room -= tokens;
            }
        }
        return kept.stream().map(clipped::get).toList();
    }

    private boolean mayDrop(LogEntry entry, boolean old, Set<String> told) {
        if (level == 0 || isSacred(entry)) {
            return false;
        }
        if (level == HARDEST) {
            return true;
        }
        int harshness = old ? level : level - 1;
        boolean minor = entry.priority() == Priority.MINOR && harshness >= 1;
        return minor || switch (entry.kind()) {
            case COMMAND -> (harshness >= 1 && told.contains(subject(entry)))
                    || (harshness >= 3 && Usage.of(entry).filter(Usage::succeeded).isPresent());
            case FILE -> harshness >= 2 && Usage.of(entry).filter(Usage::changes).isEmpty();
            case REQUEST, INSTRUCTION, DECISION, ERROR, RESOLUTION, TEST, FACT -> false;
        };
    }

    private static LogEntry clip(LogEntry entry, int maxChars) {
        int room = isSacred(entry) ? Math.max(INSTRUCTION_CHARS, maxChars) : maxChars;
        return entry.withText(Phrases.clip(entry.text(), room));
    }

    private static long tokens(LogEntry entry, TokenCounter counter) {
        return LINE_TOKENS + counter.count(DateReference.beside(entry.text(), entry.dates()));
    }

    /**
     * What an entry is worth. What went wrong long ago and was not seen again has mostly been dealt with, and what the user
     * asked for long ago has mostly been done; what was found out and changed stays true.
     *
     * @param age 0 for the oldest to 1 for the newest
     */
    private static double worth(LogEntry entry, double age) {
        double kind = switch (entry.kind()) {
            case INSTRUCTION -> 9;
            case DECISION -> 7;
            case RESOLUTION, FACT -> 5;
            case FILE -> Usage.of(entry).filter(Usage::changes).isPresent() ? 5 : 1;
            case ERROR -> 1 + 7 * age;
            case REQUEST -> 3 + 3 * age;
            case TEST -> 4;
            case COMMAND -> 2;
        };
        int priority = switch (entry.priority()) {
            case CRITICAL -> 2;
            case NOTABLE -> 0;
            case DONE, MINOR -> -1;
        };
        return kind + priority + 3 * age;
    }

    private static boolean isSacred(LogEntry entry) {
        return entry.kind() == Kind.INSTRUCTION && entry.priority() == Priority.CRITICAL;
    }

    /** Commands whose outcome a test result, an error or its resolution tells anyway. */
    private static Set<String> toldElsewhere(List<LogEntry> merged) {
        Set<String> told = new HashSet<>();
        for (LogEntry entry : merged) {
            if (entry.kind() == Kind.TEST || entry.kind() == Kind.ERROR || entry.kind() == Kind.RESOLUTION) {
                told.add(subject(entry));
            }
        }
        return told;
    }

    private static String subject(LogEntry entry) {
        return Usage.of(entry).map(Usage::subject).orElse(entry.text());
    }
}
