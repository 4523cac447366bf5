package io.mnemosyne.bench.segmentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.view.group.GroupRules;

/** Rules and baselines on one set, all judged on the same half. */
final class Comparison {
    static final double DEFAULT = GroupRules.DEFAULT.shift();
    private static final int DRAWS = 100;
    private static final int LONGEST = 20;
    private static final int CANDIDATES = 100;

    private final LabelledSet set;
    private final List<Row> rows = new ArrayList<>();

    private Comparison(LabelledSet set) {
        this.set = set;
    }

    /** What a rule came to. */
    record Row(String rule, Score score) {
    }

    static List<Row> of(LabelledSet set) {
        Comparison comparison = new Comparison(set);
        comparison.baselines();
        comparison.structure();
        for (Similarity similarity : Similarity.values()) {
            comparison.vectors(similarity);
        }
        return comparison.rows;
    }

    private void baselines() {
        add("never", document -> all(document, false));
        add("always", document -> all(document, true));
        double rate = set.chosenOn().stream().flatMap(document -> document.shifts().stream())
                .mapToInt(shift -> shift ? 1 : 0).average().orElse(0);
        rows.add(new Row(String.format(Locale.ROOT, "random, rate %.2f", rate),
                Score.mean(IntStream.range(0, DRAWS).mapToObj(seed -> new SplittableRandom(seed))
                        .map(chance -> score(set.judgedOn(), document -> document.shifts().stream()
                                .map(_ -> chance.nextDouble() < rate).toList()))
                        .toList())));
        every("exact", Score::f1);
        every("near", Score::near);
    }

    private void every(String measure, ToDoubleFunction<Score> by) {
        int best = IntStream.rangeClosed(1, LONGEST).boxed()
                .max(Comparator.comparingDouble(k -> by.applyAsDouble(score(set.chosenOn(), every(k))))).orElseThrow();
        add(String.format(Locale.ROOT, "every %d (best %s)", best, measure), every(best));
    }

    private static Function<Labelled, List<Boolean>> every(int k) {
        return document -> IntStream.rangeClosed(1, document.shifts().size()).mapToObj(i -> i % k == 0).toList();
    }

    private void structure() {
        add("types", Comparison::typesChange);
        add(String.format(Locale.ROOT, "types or neighbours < %.2f", DEFAULT), document -> {
            List<Boolean> types = typesChange(document);
            List<Boolean> vectors = below(Similarity.NEIGHBOURS.of(document), DEFAULT);
            return IntStream.range(0, types.size()).mapToObj(i -> types.get(i) || vectors.get(i)).toList();
        });
    }

    private void vectors(Similarity similarity) {
        List<List<Optional<Double>>> chosen = set.chosenOn().stream().map(similarity::of).toList();
        List<List<Optional<Double>>> judged = set.judgedOn().stream().map(similarity::of).toList();
        add(similarity, judged, DEFAULT, "");
        add(similarity, judged, best(chosen, Score::f1), " (best exact)");
        add(similarity, judged, best(chosen, Score::near), " (best near)");
    }

    private double best(List<List<Optional<Double>>> similarities, ToDoubleFunction<Score> by) {
        double[] sorted = similarities.stream().flatMap(List::stream).flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue).sorted().toArray();
        List<List<Boolean>> labels = set.chosenOn().stream().map(Labelled::shifts).toList();
        return IntStream.range(0, CANDIDATES).mapToObj(i -> sorted[i * sorted.length / CANDIDATES])
                .max(Comparator.comparingDouble(threshold -> by.applyAsDouble(Score.of(labels,
                        similarities.stream().map(document -> below(document, threshold)).toList()))))
                .orElseThrow();
    }

    private void add(Similarity similarity, List<List<Optional<Double>>> judged, double threshold, String how) {
        rows.add(new Row(String.format(Locale.ROOT, "%s < %.2f%s", similarity.title(), threshold, how),
                Score.of(set.judgedOn().stream().map(Labelled::shifts).toList(),
                        judged.stream().map(document -> below(document, threshold)).toList())));
    }

    private void add(String rule, Function<Labelled, List<Boolean>> guess) {
        rows.add(new Row(rule, score(set.judgedOn(), guess)));
    }

    private static Score score(List<Labelled> documents, Function<Labelled, List<Boolean>> guess) {
        return Score.of(documents.stream().map(Labelled::shifts).toList(), documents.stream().map(guess).toList());
    }

    private static List<Boolean> all(Labelled document, boolean shift) {
        return document.shifts().stream().map(_ -> shift).toList();
    }

    /** Whether the objects of a step are of other types than those of the step before. */
    private static List<Boolean> typesChange(Labelled document) {
        return IntStream.range(0, document.shifts().size())
                .mapToObj(i -> !types(document.units().get(i)).equals(types(document.units().get(i + 1)))).toList();
    }

    private static EnumSet<SemanticObject.Type> types(List<Piece> unit) {
        EnumSet<SemanticObject.Type> types = EnumSet.noneOf(SemanticObject.Type.class);
        unit.forEach(piece -> types.add(piece.type()));
        return types;
    }

    private static List<Boolean> below(List<Optional<Double>> similarities, double threshold) {
        return similarities.stream().map(each -> each.filter(cosine -> cosine < threshold).isPresent()).toList();
    }
}
