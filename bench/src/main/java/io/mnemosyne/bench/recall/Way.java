package io.mnemosyne.bench.recall;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.mnemosyne.core.recall.RankFusion;
import io.mnemosyne.index.search.Found;
import io.mnemosyne.index.search.Places;

/**
 * A way to search.
 *
 * @param ranked ids of objects by place; those of one place come together
 */
record Way(String name, Function<Places, List<List<String>>> ranked) {

    /** The ways that are compared, the fused one last. */
    static List<Way> all(Places.Weights weights) {
        return List.of(new Way("BM25, single turns", places -> singles(places.words())),
                new Way("BM25, windows of three", places -> windows(places.windows()).stream().flatMap(List::stream)
                        .map(List::of).toList()),
                new Way("  counted as windows", places -> windows(places.windows())),
                new Way("k-NN", places -> singles(places.meaning())),
                new Way("names alone", places -> singles(places.names())),
                new Way("fused", places -> places.fused(weights).stream().map(RankFusion.Candidate::id).map(List::of)
                        .toList()));
    }

    private static List<List<String>> singles(List<Found> list) {
        return list.stream().map(Found::subject).map(List::of).toList();
    }

    /** Each object where its best window is. */
    private static List<List<String>> windows(List<Found> list) {
        Set<String> known = new LinkedHashSet<>();
        List<List<String>> ranked = new ArrayList<>();
        for (Found window : list) {
            ranked.add(window.objects().stream().flatMap(List::stream).filter(known::add).toList());
        }
        return ranked;
    }
}
