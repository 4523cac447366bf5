package io.mnemosyne.inference.embeddings;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpEmbedderTest {
    private final StrictEmbeddings server = new StrictEmbeddings(3, false);
    private final StrictEmbeddings shortening = new StrictEmbeddings(8, true);

    @AfterEach
    void stop() {
        server.close();
        shortening.close();
    }

    @Test
    void shouldGiveTheVectorsInTheOrderOfTheirTexts() {
        try (HttpEmbedder embedder = embedder(server.url(), 3)) {
            assertThat(embedder.embed(List.of("ab", "abcdef"))).containsExactly(
                    Embedding.normalized(new float[]{2, 0.5f, 0.5f}), Embedding.normalized(new float[]{6, 0.5f, 0.5f}));
            assertThat(embedder.embed(List.of())).isEmpty();
        }
    }

    @Test
    void shouldEmbedWhatAnApiWouldRefuseAsEmptyOrTooLong() {
        try (HttpEmbedder embedder = embedder(server.url(), 3)) {
            assertThat(embedder.embed("")).isNotNull();
            assertThat(embedder.embed("x".repeat(49) + "\uD83D\uDE00")).isNotNull();
            assertThat(server.inputs.getLast()).containsExactly("x".repeat(49));
        }
    }

    @Test
    void shouldNotAskTwiceForTheSameText() {
        try (HttpEmbedder embedder = embedder(server.url(), 3)) {
            assertThat(embedder.embed("ab")).isEqualTo(embedder.embed("ab"));
            assertThat(server.inputs).hasSize(1);
        }
    }

    @Test
    void shouldAskForShorterVectorsOnlyOfAModelWhoseOwnAreLonger() {
        try (HttpEmbedder embedder = embedder(shortening.url(), 4)) {
            assertThat(embedder.embed("ab").values()).hasSize(4);
            assertThat(embedder.embed("abc").values()).hasSize(4);
            assertThat(shortening.inputs).hasSize(3);
        }
        try (HttpEmbedder embedder = embedder(server.url(), 4)) {
            assertThatThrownBy(() -> embedder.embed("ab")).isInstanceOf(EmbedderAwayException.class)
                    .hasMessageContaining("vectors of 3 dimensions").hasMessageContaining("embedding.dimensions is 4");
        }
    }

    @Test
    void shouldTryAgainWhenItIsToldToWait() {
        // given
        server.order(429, "{}", Map.of("Retry-After", "0"));
        server.order(503, "<html>", Map.of("Retry-After", "0"));
        // when, then
        try (HttpEmbedder embedder = embedder(server.url(), 3)) {
            assertThat(embedder.embed("ab")).isNotNull();
        }
    }

    @Test
    void shouldNotWaitForLong() {
        // given
        server.order(429, "{\"error\": {\"code\": \"rate_limit_exceeded\"}}", Map.of("Retry-After", "3600"));
        // when, then
        try (HttpEmbedder embedder = embedder(server.url(), 3)) {
            assertThatThrownBy(() -> embedder.embed("ab")).isInstanceOf(EmbedderAwayException.class)
                    .hasMessageContaining("429").hasMessageContaining("rate_limit_exceeded");
            assertThat(server.inputs).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"401,embedding.api-key", "404,embedding.base-url", "500,500"})
    void shouldSayWhatIsWrongWithTheEndpointAndNotBlameTheText(int status, String hint) {
        // given
        for (int i = 0; i < 3; i++) {
            server.order(status, "{\"error\": {\"message\": \"the secret text\"}}", Map.of("Retry-After", "0"));
        }
        // when, then
        try (HttpEmbedder embedder = embedder(server.url(), 3)) {
            assertThatThrownBy(() -> embedder.embed("ab")).isInstanceOf(EmbedderAwayException.class)
                    .hasMessageContaining(hint).hasMessageContaining("small").hasMessageNotContaining("secret")
                    .hasMessageNotContaining("sk-test");
        }
    }

    @Test
    void shouldBlameTheTextThatIsRefused() {
        server.order(400, "{\"error\": {\"code\": \"invalid_input\", \"message\": \"the secret text\"}}", Map.of());
        try (HttpEmbedder embedder = embedder(server.url(), 3)) {
            assertThatThrownBy(() -> embedder.embed("ab")).isInstanceOf(EmbeddingException.class)
                    .isNotInstanceOf(EmbedderAwayException.class).hasMessageContaining("invalid_input")
                    .hasMessageNotContaining("secret");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"<html>", "{\"data\": []}", "{\"data\": [{\"index\": 0}]}",
            "{\"data\": [{\"index\": 1, \"embedding\": [1, 2, 3]}]}",
            "{\"data\": [{\"index\": 0, \"embedding\": [1, \"a\", 3]}]}"})
    void shouldNotTakeAnAnswerWithoutAVectorForEachText(String body) {
        server.order(200, body, Map.of());
        try (HttpEmbedder embedder = embedder(server.url(), 3)) {
            assertThatThrownBy(() -> embedder.embed("ab")).isInstanceOf(EmbedderAwayException.class)
                    .hasMessageContaining("without a vector for each text");
        }
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        URI url = server.url();
        server.close();
        try (HttpEmbedder embedder = embedder(url, 3)) {
            assertThatThrownBy(() -> embedder.embed("ab")).isInstanceOf(EmbedderAwayException.class)
                    .hasMessageContaining(url.toString());
        }
    }

    private static HttpEmbedder embedder(URI url, int dimensions) {
        return new HttpEmbedder(new EmbeddingEndpoint(url, "small", dimensions, Optional.of("sk-test"), 50));
    }
}
