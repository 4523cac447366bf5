package io.mnemosyne.core.reflect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    /**
     * What this level leaves of a log.
     *
     * @param merged in order of their turns
     * @param targetTokens binds at the hardest level only
     */
    List<LogEntry> apply(List<LogEntry> merged, long targetTokens, TokenCounter counter) {
        int old = (int) (OLD_SHARE * merged.size());
        Set<String> told = toldElsewhere(merged);
        List<LogEntry> kept = new ArrayList<>();
        for (int i = 0; i < merged.size(); i++) {
            LogEntry entry = merged.get(i);
            if (!drops(entry, i < old, told)) {
                kept.add(clip(entry, i < old ? oldChars : newChars));
            }
        }
        return level < HARDEST ? kept : mostTelling(kept, targetTokens, counter);
    }

    private boolean drops(LogEntry entry, boolean old, Set<String> told) {
        if (level == 0 || isSacred(entry)) {
            return false;
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
        return new LogEntry(entry.priority(), entry.kind(), entry.seqs(), entry.at(),
                Phrases.clip(entry.text(), room));
    }

    /** As many entries as the target holds, the most telling and newest first; sacred ones whatever they take. */
    private static List<LogEntry> mostTelling(List<LogEntry> entries, long targetTokens, TokenCounter counter) {
        List<Integer> ranked = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            ranked.add(i);
        }
        ranked.sort(Comparator.comparingDouble((Integer i) -> worth(entries.get(i), (double) i / entries.size()))
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        Set<Integer> chosen = new HashSet<>();
        long room = targetTokens - 4 * LINE_TOKENS;
        for (int i : ranked) {
            long tokens = LINE_TOKENS + counter.count(entries.get(i).text());
            if (tokens <= room || isSacred(entries.get(i))) {
                chosen.add(i);
                room -= tokens;
            }
        }
        return chosen.stream().sorted().map(entries::get).toList();
    }

    /** @param age 0 for the oldest to 1 for the newest */
    private static double worth(LogEntry entry, double age) {
        int kind = switch (entry.kind()) {
            case INSTRUCTION -> 9;
            case ERROR -> 8;
            case DECISION -> 7;
            case REQUEST -> 6;
            case RESOLUTION -> 5;
            case TEST -> 4;
            case FACT -> 3;
            case FILE -> Usage.of(entry).filter(Usage::changes).isPresent() ? 4 : 1;
            case COMMAND -> 2;
        };
        int priority = switch (entry.priority()) {
            case CRITICAL -> 3;
            case NOTABLE -> 0;
            case DONE -> -1;
            case MINOR -> -3;
        };
        return isSacred(entry) ? Double.MAX_VALUE : kind + priority + 3 * age;
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
