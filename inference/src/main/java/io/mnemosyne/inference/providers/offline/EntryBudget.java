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
    /** A shorter rest says nothing. */
    private static final int SHORTEST = 40;

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
     * Takes the weightiest candidates, of equal ones the newest, as long as they fit. The weightiest is cut if it does not
     * fit whole: half of what the user asked for is better than nothing.
     */
    Choice choose(List<Candidate> candidates, long budget) {
        List<Candidate> byWeight = new ArrayList<>(candidates);
        byWeight.removeIf(candidate -> candidate.entry().text().isBlank());
        byWeight.sort(Comparator.comparingDouble((Candidate candidate) -> -candidate.weight())
                .thenComparingLong(candidate -> -candidate.entry().seqs().to()));
        List<Candidate> ranked = decayed(byWeight);
        List<LogEntry> chosen = new ArrayList<>();
        long spent = 0;
        if (!ranked.isEmpty()) {
            ranked.set(0, cut(ranked.getFirst(), budget));
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

    private Candidate cut(Candidate candidate, long budget) {
        LogEntry entry = candidate.entry();
        int room = (int) Math.max(0, budget - FRAME) * CHARS_PER_TOKEN;
        return cost(entry) <= budget || room < SHORTEST
                ? candidate
                : new Candidate(entry.withText(Texts.clip(entry.text(), room)), candidate.weight());
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
