package io.mnemosyne.bench.recall;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.mnemosyne.core.recall.RankFusion;
import io.mnemosyne.index.search.Places;

/** Looks for the weights that do best on the questions for that. */
final class WeightFit {
    private static final List<Double> STEPS = List.of(0.0, 0.25, 0.5, 1.0, 2.0);
    private static final List<Double> CONSTANTS = List.of(5.0, 10.0, 20.0, 60.0);
    private static final List<Double> OWN_WORDS = List.of(0.3, 0.5, 0.7, 1.0);

    private WeightFit() {
    }

    /** By the sum of recall at 1, 5 and 10. */
    static Places.Weights best(Map<Question, Places> found) {
        List<Question> questions = found.keySet().stream().filter(Question::isForFitting).toList();
        return all().max(Comparator.comparingDouble(weights -> score(weights, questions, found))).orElseThrow();
    }

    private static Stream<Places.Weights> all() {
        return STEPS.stream().flatMap(windows -> STEPS.stream().flatMap(meaning -> STEPS.stream().flatMap(
                names -> CONSTANTS.stream().flatMap(constant -> OWN_WORDS.stream().map(
                        own -> new Places.Weights(1, windows, meaning, names, constant, own))))));
    }

    private static double score(Places.Weights weights, List<Question> questions, Map<Question, Places> found) {
        double score = 0;
        for (Question question : questions) {
            List<RankFusion.Candidate> ranked = Objects.requireNonNull(found.get(question)).fused(weights);
            int place = 0;
            while (place < ranked.size() && !question.gold().contains(ranked.get(place).id())) {
                place++;
            }
            score += (place < 1 ? 1 : 0) + (place < 5 ? 1 : 0) + (place < 10 ? 1 : 0);
        }
        return score;
    }
}
