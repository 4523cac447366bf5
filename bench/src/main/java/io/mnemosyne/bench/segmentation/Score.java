package io.mnemosyne.bench.segmentation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How well guesses meet labels, pooled over documents.
 *
 * @param precision share of the guesses that are labels
 * @param recall share of the labels that were guessed
 * @param f1 of both
 * @param near F1 if a guess may be off by one; each label is met once
 * @param pk share of windows of half a mean segment about which guesses and labels disagree whether they hold a boundary
 * @param windowDiff the same of how many boundaries they hold
 */
record Score(double precision, double recall, double f1, double near, double pk, double windowDiff) {

    /**
     * Judges guesses.
     *
     * @param labels per document
     * @param guesses as many per document
     */
    static Score of(List<List<Boolean>> labels, List<List<Boolean>> guesses) {
        long made = guesses.stream().mapToLong(Score::count).sum();
        long wanted = labels.stream().mapToLong(Score::count).sum();
        long exact = met(labels, guesses, 0);
        int window = window(labels);
        long windows = 0;
        long disagree = 0;
        long differ = 0;
        for (int d = 0; d < labels.size(); d++) {
            for (int i = 0; i + window <= labels.get(d).size(); i++) {
                long label = count(labels.get(d).subList(i, i + window));
                long guess = count(guesses.get(d).subList(i, i + window));
                windows++;
                disagree += label > 0 == guess > 0 ? 0 : 1;
                differ += label == guess ? 0 : 1;
            }
        }
        return new Score(share(exact, made), share(exact, wanted), share(2 * exact, made + wanted),
                share(2 * met(labels, guesses, 1), made + wanted), share(disagree, windows), share(differ, windows));
    }

    /** The mean of several. */
    static Score mean(List<Score> scores) {
        return new Score(scores.stream().mapToDouble(Score::precision).average().orElse(0),
                scores.stream().mapToDouble(Score::recall).average().orElse(0),
                scores.stream().mapToDouble(Score::f1).average().orElse(0),
                scores.stream().mapToDouble(Score::near).average().orElse(0),
                scores.stream().mapToDouble(Score::pk).average().orElse(0),
                scores.stream().mapToDouble(Score::windowDiff).average().orElse(0));
    }

    private static int window(List<List<Boolean>> labels) {
        double units = labels.stream().mapToInt(document -> document.size() + 1).sum();
        double segments = labels.stream().mapToLong(document -> count(document) + 1).sum();
        return (int) Math.max(2, Math.round(units / segments / 2));
    }

    private static long met(List<List<Boolean>> labels, List<List<Boolean>> guesses, int off) {
        return IntStream.range(0, labels.size()).mapToLong(d -> met(places(labels.get(d)), places(guesses.get(d)), off))
                .sum();
    }

    /** From left to right each guess takes the first label in reach that no other has taken, which is as many as can be. */
    private static long met(int[] labels, int[] guesses, int off) {
        long met = 0;
        int next = 0;
        for (int guess : guesses) {
            while (next < labels.length && labels[next] < guess - off) {
                next++;
            }
            if (next < labels.length && labels[next] <= guess + off) {
                met++;
                next++;
            }
        }
        return met;
    }

    private static int[] places(List<Boolean> flags) {
        return IntStream.range(0, flags.size()).filter(flags::get).toArray();
    }

    private static long count(List<Boolean> flags) {
        return flags.stream().filter(flag -> flag).count();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
