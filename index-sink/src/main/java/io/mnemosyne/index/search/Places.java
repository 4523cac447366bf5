package io.mnemosyne.index.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.mnemosyne.core.recall.RankFusion;

/**
 * What each search found, best first, without texts.
 *
 * @param words single documents that hold the question's words
 * @param windows neighbouring turns that together hold them
 * @param meaning documents near to the question in meaning
 * @param names documents that hold names of the question to the letter
 * @param others objects of the windows that are in the scope of the search
 */
public record Places(List<Found> words, List<Found> windows, List<Found> meaning, List<Found> names,
        List<Found> others) {
    /** The tag of what the agent said itself. */
    private static final String OWN_WORDS = "assistant";

    public Places {
        words = List.copyOf(words);
        windows = List.copyOf(windows);
        meaning = List.copyOf(meaning);
        names = List.copyOf(names);
        others = List.copyOf(others);
    }

    /** Ids that only windows name. */
    Set<String> unknown() {
        Set<String> ids = new LinkedHashSet<>();
        windows.forEach(window -> window.objects().forEach(ids::addAll));
        Stream.of(words, meaning, names).flatMap(List::stream).map(Found::subject).forEach(ids::remove);
        return ids;
    }

    Places with(List<Found> known) {
        return new Places(words, windows, meaning, names, known);
    }

    /** All that was found in one order. Of several objects with the same text the best is left. */
    public List<RankFusion.Candidate> fused(Weights weights) {
        Map<String, Found> known = new HashMap<>();
        Stream.of(words, meaning, names, others).flatMap(List::stream)
                .forEach(found -> known.putIfAbsent(found.subject(), found));
        RankFusion fusion = new RankFusion(weights.constant());
        add(fusion, words, weights, weights.words());
        add(fusion, meaning, weights, weights.meaning());
        add(fusion, names, weights, weights.names());
        addWindows(fusion, known, weights);
        return withoutCopies(fusion.best(), known);
    }

    private static void add(RankFusion fusion, List<Found> list, Weights weights, double weight) {
        for (int place = 0; place < list.size(); place++) {
            Found found = list.get(place);
            fusion.add(found.subject(), found.seqs().to(), place, weight * prior(found, weights));
        }
    }

    /** A window lends its place to the objects in it; a turn is in as many as they have turns. */
    private void addWindows(RankFusion fusion, Map<String, Found> known, Weights weights) {
        for (int place = 0; place < windows.size(); place++) {
            List<List<String>> turns = windows.get(place).objects();
            for (String object : turns.stream().flatMap(List::stream).toList()) {
                Optional<Found> found = Optional.ofNullable(known.get(object));
                if (found.isPresent()) {
                    fusion.add(object, found.get().seqs().to(), place,
                            weights.windows() / turns.size() * prior(found.get(), weights));
                }
            }
        }
    }

    private static double prior(Found found, Weights weights) {
        return found.tags().contains(OWN_WORDS) ? weights.ownWords() : 1;
    }

    private static List<RankFusion.Candidate> withoutCopies(List<RankFusion.Candidate> best, Map<String, Found> known) {
        Set<String> hashes = new HashSet<>();
        List<RankFusion.Candidate> different = new ArrayList<>();
        for (RankFusion.Candidate candidate : best) {
            String hash = Optional.ofNullable(known.get(candidate.id())).map(Found::contentHash).orElse("");
            if (hash.isEmpty() || hashes.add(hash)) {
                different.add(candidate);
            }
        }
        return different;
    }

    /**
     * What a first place in each list is worth.
     *
     * @param constant of {@link RankFusion}
     * @param ownWords factor for what the agent said itself: mostly it repeats what it was told, or says what it will look at
     */
    public record Weights(double words, double windows, double meaning, double names, double constant,
            double ownWords) {
        /** Fitted on recorded sessions; see docs/recall.md. */
        public static final Weights STANDARD = new Weights(1, 1, 0.5, 1, 20, 0.5);
    }
}
