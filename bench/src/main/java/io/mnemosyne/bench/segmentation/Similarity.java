package io.mnemosyne.bench.segmentation;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.mnemosyne.inference.embeddings.Embedding;

/** Ways to compare what is in front of a boundary with what is behind it. */
enum Similarity {
    /** The objects next to each other, as the context stage does; those without vectors are passed over. */
    NEIGHBOURS("neighbours") {
        @Override
        Optional<Double> at(List<List<Piece>> units, int boundary) {
            Optional<Embedding> before = vectors(units.subList(0, boundary + 1)).reduce((_, newer) -> newer);
            Optional<Embedding> after = vectors(units.subList(boundary + 1, boundary + 2)).findFirst();
            return before.flatMap(one -> after.map(one::cosine));
        }
    },
    /** A result with the result before it; messages with messages where there is none. */
    LIKE_WITH_LIKE("like with like") {
        @Override
        Optional<Double> at(List<List<Piece>> units, int boundary) {
            return ofKind(units, boundary, false).or(() -> ofKind(units, boundary, true));
        }
    },
    /** The means of two units before and behind. */
    WINDOW_OF_2("windows of 2") {
        @Override
        Optional<Double> at(List<List<Piece>> units, int boundary) {
            return windows(units, boundary, 2);
        }
    },
    /** The means of three. */
    WINDOW_OF_3("windows of 3") {
        @Override
        Optional<Double> at(List<List<Piece>> units, int boundary) {
            return windows(units, boundary, 3);
        }
    };

    private final String title;

    Similarity(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Cosine at a boundary; empty if there is no vector on one side. */
    abstract Optional<Double> at(List<List<Piece>> units, int boundary);

    /** At every boundary. */
    List<Optional<Double>> of(Labelled labelled) {
        return IntStream.range(0, labelled.shifts().size()).mapToObj(i -> at(labelled.units(), i)).toList();
    }

    private static Optional<Double> ofKind(List<List<Piece>> units, int boundary, boolean said) {
        Optional<Embedding> before = vectors(units.subList(0, boundary + 1), said).reduce((_, newer) -> newer);
        Optional<Embedding> after = vectors(units.subList(boundary + 1, boundary + 2), said).findFirst();
        return before.flatMap(one -> after.map(one::cosine));
    }

    private static Optional<Double> windows(List<List<Piece>> units, int boundary, int size) {
        Optional<Embedding> before = mean(vectors(units.subList(Math.max(0, boundary + 1 - size), boundary + 1)));
        Optional<Embedding> after = mean(
                vectors(units.subList(boundary + 1, Math.min(units.size(), boundary + 1 + size))));
        return before.flatMap(one -> after.map(one::cosine));
    }

    private static Optional<Embedding> mean(Stream<Embedding> vectors) {
        List<Embedding> all = vectors.toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        float[] sum = new float[all.getFirst().values().size()];
        for (Embedding vector : all) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector.values().get(i);
            }
        }
        return Optional.of(Embedding.normalized(sum));
    }

    private static Stream<Embedding> vectors(List<List<Piece>> units) {
        return units.stream().flatMap(List::stream).flatMap(piece -> piece.vector().stream());
    }

    private static Stream<Embedding> vectors(List<List<Piece>> units, boolean said) {
        return units.stream().flatMap(List::stream).filter(piece -> piece.said() == said)
                .flatMap(piece -> piece.vector().stream());
    }
}
