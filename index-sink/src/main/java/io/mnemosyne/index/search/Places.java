package io.mnemosyne.index.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.mnemosyne.core.recall.RankFusion;

/**
 * What each search found, best first, without texts.
 *
 * @param words single documents that hold the question's words
 * @param windows neighbouring turns that together hold them
 * @param meaning documents near to the question in meaning
 * @param names documents that hold names of the question to the letter
 */
public record Places(List<Found> words, List<Found> windows, List<Found> meaning, List<Found> names) {
    public Places {
        words = List.copyOf(words);
        windows = List.copyOf(windows);
        meaning = List.copyOf(meaning);
        names = List.copyOf(names);
    }

    /** All that was found in one order. */
    public List<RankFusion.Candidate> fused(Weights weights) {
        RankFusion fusion = new RankFusion(weights.constant());
        add(fusion, words, weights.words());
        add(fusion, meaning, weights.meaning());
        add(fusion, names, weights.names());
        addWindows(fusion, weights.windows());
        return fusion.best();
    }

    private static void add(RankFusion fusion, List<Found> list, double weight) {
        for (int place = 0; place < list.size(); place++) {
            fusion.add(list.get(place).subject(), list.get(place).seqs().to(), place, weight);
        }
    }

    /** A window lends its place to the objects in it; an object of several has the best one's. */
    private void addWindows(RankFusion fusion, double weight) {
        Set<String> known = new HashSet<>();
        for (int place = 0; place < windows.size(); place++) {
            Found window = windows.get(place);
            for (int turn = 0; turn < window.objects().size(); turn++) {
                for (String object : window.objects().get(turn)) {
                    if (known.add(object)) {
                        fusion.add(object, window.seqs().from() + turn, place, weight);
                    }
                }
            }
        }
    }

    /**
     * What a first place in each list is worth.
     *
     * @param constant of {@link RankFusion}
     */
    public record Weights(double words, double windows, double meaning, double names, double constant) {
        /** Fitted on recorded sessions; see docs/recall.md. */
        public static final Weights STANDARD = new Weights(1, 1, 0.5, 1, 10);
    }
}
