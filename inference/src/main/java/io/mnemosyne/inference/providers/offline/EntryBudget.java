package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.tokens.TokenCounter;

/** Chooses the entries that are worth their tokens. */
final class EntryBudget {
    /** Tokens of an entry's mark, range and kind. */
    static final long FRAME = 12;
    /** Each further entry of a kind counts this much of the one before, so that no kind crowds out the others. */
    private static final double DECAY = 0.93;
    /** Of dense text, so that what is cut to it fits. */
    private static final int CHARS_PER_TOKEN = 2;

    private final TokenCounter tokens;

    EntryBudget(TokenCounter tokens) {
        this.tokens = tokens;
    }

    /**
     * The chosen entries and what they cost.
     *
     * @param entries in order of their turns
     */
    record Choice(List<LogEntry> entries, long tokens) {
        Choice {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Takes the weightiest candidates, of equal ones the newest, as long as they fit. The weightiest is always told, if need
     * be cut: half of what the user asked for is better than nothing.
     *
     * @param first tokens that the weightiest may have, whatever the budget
     */
    Choice choose(List<Candidate> candidates, long budget, long first) {
        List<Candidate> byWeight = new ArrayList<>(candidates);
        byWeight.removeIf(candidate -> candidate.entry().text().isBlank());
        byWeight.sort(Comparator.comparingDouble((Candidate candidate) -> -candidate.weight())
                .thenComparingLong(candidate -> -candidate.entry().seqs().to()));
        List<Candidate> ranked = decayed(byWeight);
        List<LogEntry> chosen = new ArrayList<>();
        long spent = 0;
        if (!ranked.isEmpty()) {
            LogEntry weightiest = cut(ranked.removeFirst().entry(), Math.max(budget, first));
            chosen.add(weightiest);
            spent = cost(weightiest);
        }
        for (Candidate candidate : ranked) {
            long room = budget - spent;
            // No text has fewer tokens than this in practice; saves counting what cannot fit.
            if (candidate.entry().text().length() / 8 + FRAME > room) {
                continue;
            }
            long cost = cost(candidate.entry());
            if (cost <= room) {
                chosen.add(candidate.entry());
                spent += cost;
            }
        }
        chosen.sort(IN_ORDER);
        return new Choice(chosen, spent);
    }

    private LogEntry cut(LogEntry entry, long budget) {
        return cost(entry) <= budget
                ? entry
                : entry.withText(Texts.clip(entry.text(), (int) (budget - FRAME) * CHARS_PER_TOKEN));
    }

    long cost(LogEntry entry) {
        return tokens.count(entry.text()) + FRAME;
    }

    static final Comparator<LogEntry> IN_ORDER = Comparator.comparingLong((LogEntry entry) -> entry.seqs().from())
            .thenComparingLong(entry -> entry.seqs().to()).thenComparing(LogEntry::kind);

    private static List<Candidate> decayed(List<Candidate> byWeight) {
        Map<LogEntry.Kind, Double> factors = new EnumMap<>(LogEntry.Kind.class);
        List<Candidate> ranked = new ArrayList<>(byWeight.size());
        for (Candidate candidate : byWeight) {
            double factor = factors.getOrDefault(candidate.entry().kind(), 1.0);
            factors.put(candidate.entry().kind(), factor * DECAY);
            ranked.add(new Candidate(candidate.entry(), candidate.weight() * factor));
        }
        ranked.sort(Comparator.comparingDouble((Candidate candidate) -> -candidate.weight()));
        return ranked;
    }
}
