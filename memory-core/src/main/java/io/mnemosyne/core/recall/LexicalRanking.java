package io.mnemosyne.core.recall;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranks texts by the words of a question (BM25) as they are read, and forgets each text again. A name of the question that a
 * text holds to the letter counts as much as two of the rarest words.
 *
 * @param <T> what stands for a text
 */
public final class LexicalRanking<T> {
    /** What is kept of each text that holds a word; more are forgotten, those with the fewest first. */
    private static final int MOST = 4_096;
    /** What a name is worth in words that no other text holds. */
    private static final double NAME = 2;
    private static final double K1 = 1.2;
    private static final double B = 0.75;

    private final Asked asked;
    private final Map<String, Integer> holders = new HashMap<>();
    private Map<String, Match<T>> matches = new LinkedHashMap<>();
    private long texts;
    private long length;

    public LexicalRanking(Asked asked) {
        this.asked = asked;
    }

    private record Match<T>(T value, Map<String, Integer> counts, int length, int names, long order) {
        int telling() {
            return names * MOST + counts.size();
        }
    }

    private record Scored<T>(Match<T> match, double score) {
    }

    /**
     * Something that was found.
     *
     * @param value what stands for its text
     */
    public record Ranked<T>(T value, double score) {
    }

    /** Reads one more text; of equally good ones those that were read later come first. */
    public void add(String id, String text, T value) {
        Map<String, Integer> counts = new HashMap<>();
        List<String> terms = Terms.of(text);
        terms.stream().filter(asked.words()::contains).forEach(term -> counts.merge(term, 1, Integer::sum));
        texts++;
        length += terms.size();
        counts.keySet().forEach(term -> holders.merge(term, 1, Integer::sum));
        int names = asked.namesIn(text);
        if (!counts.isEmpty() || names > 0) {
            matches.put(id, new Match<>(value, counts, terms.size(), names, texts));
            if (matches.size() >= 2 * MOST) {
                matches = best();
            }
        }
    }

    /** Forgets a text, if it was read. */
    public void remove(String id) {
        matches.remove(id);
    }

    /** The best, best first. */
    public List<Ranked<T>> best(int most) {
        double mean = texts == 0 ? 1 : Math.max(1, (double) length / texts);
        return matches.values().stream().map(match -> new Scored<>(match, score(match, mean)))
                .sorted(Comparator.comparingDouble((Scored<T> scored) -> scored.score())
                        .thenComparingLong(scored -> scored.match().order()).reversed())
                .limit(most).map(scored -> new Ranked<>(scored.match().value(), scored.score())).toList();
    }

    private double score(Match<T> match, double mean) {
        double score = NAME * match.names() * Math.log1p((double) texts);
        for (Map.Entry<String, Integer> term : match.counts().entrySet()) {
            int holding = holders.getOrDefault(term.getKey(), 1);
            double idf = Math.log(1 + (texts - holding + 0.5) / (holding + 0.5));
            double count = term.getValue();
            score += idf * count * (K1 + 1) / (count + K1 * (1 - B + B * match.length() / mean));
        }
        return score;
    }

    private Map<String, Match<T>> best() {
        Map<String, Match<T>> kept = new LinkedHashMap<>();
        matches.entrySet().stream()
                .sorted(Comparator
                        .comparingInt((Map.Entry<String, Match<T>> match) -> match.getValue().telling())
                        .thenComparingLong(match -> match.getValue().order()).reversed())
                .limit(MOST).forEach(match -> kept.put(match.getKey(), match.getValue()));
        return kept;
    }
}
