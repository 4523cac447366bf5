package io.mnemosyne.inference.embeddings;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

class MiniLmEmbedderTest {
    private static final Embedder EMBEDDER = new MiniLmEmbedder(1, 4);

    @AfterAll
    static void unload() {
        EMBEDDER.close();
    }

    @Test
    void shouldGiveOneVectorOfLengthOnePerText() {
        // when
        var vectors = EMBEDDER.embed(List.of("the build failed", "the build passed"));
        // then
        assertThat(vectors).hasSize(2).allSatisfy(vector -> {
            assertThat(vector.values()).hasSize(EMBEDDER.dimensions());
            assertThat(vector.cosine(vector)).isCloseTo(1, offset(1e-5));
        });
        assertThat(vectors.getFirst()).isNotEqualTo(vectors.getLast());
    }

    @Test
    void shouldPutTextsOfOneMeaningCloserThanOthers() {
        // given
        var failure = EMBEDDER.embed("The unit tests do not pass any more.");
        // when
        double same = failure.cosine(EMBEDDER.embed("Several test cases are failing now."));
        double other = failure.cosine(EMBEDDER.embed("A recipe for pancakes with maple syrup."));
        // then
        assertThat(same).isGreaterThan(other + 0.3);
    }

    @Test
    void shouldReadOnlyTheFirst256Tokens() {
        // given a text whose 254 words fill the model together with its two marks
        String full = "word ".repeat(254);
        // when, then
        assertThat(EMBEDDER.embed(full + "pancakes")).isEqualTo(EMBEDDER.embed(full));
        assertThat(EMBEDDER.embed("word ".repeat(252) + "pancakes")).isNotEqualTo(EMBEDDER.embed("word ".repeat(252)));
    }

    @Test
    void shouldTakeAnyText() {
        // given nothing, NUL, an emoji, an unpaired surrogate, a text of a megabyte
        var texts = List.of("", "\0", "fine \uD83D\uDE00", "broken \uD83D", "x".repeat(1 << 20));
        // when, then
        assertThat(EMBEDDER.embed(texts)).hasSize(5)
                .allSatisfy(vector -> assertThat(vector.values()).doesNotContain(Float.NaN));
    }

    @Test
    void shouldGiveTheSameVectorsToManyThreads() throws Exception {
        // given
        var texts = IntStream.range(0, 40).mapToObj(i -> "text number " + i % 10).toList();
        var expected = texts.stream().map(EMBEDDER::embed).toList();
        // when
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tasks = texts.stream().map(text -> (Callable<Embedding>) () -> EMBEDDER.embed(text)).toList();
            var answers = threads.invokeAll(tasks);
            // then
            for (int i = 0; i < texts.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void shouldRefuseToCompareVectorsOfDifferentSize() {
        var two = Embedding.normalized(new float[]{3, 4});
        assertThat(two.values()).containsExactly(0.6f, 0.8f);
        assertThatThrownBy(() -> two.cosine(Embedding.normalized(new float[]{1}))).hasMessageContaining("2 and 1");
    }
}
