package io.mnemosyne.inference.embeddings;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Sha256;
import io.mnemosyne.inference.chat.stream.ErrorResponse;
import io.mnemosyne.inference.chat.stream.RetryAfter;

/**
 * Embeds over any API that speaks like OpenAI's {@code POST /v1/embeddings}. A call is tried three times, with short
 * waits between; whoever can wait for longer tries again later.
 */
public final class HttpEmbedder implements Embedder {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int TRIES = 3;
    private static final int CACHED = 2_048;

    private final EmbeddingEndpoint endpoint;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT)
            .build();
    private final RetryAfter retryAfter = new RetryAfter(InstantSource.system());
    private final EmbeddingCache cache = new EmbeddingCache(CACHED);
    /** Whether the length of the vectors has to be asked for, because the model's own is another one. */
    private volatile boolean askLength;

    /** Connects at the first call. */
    public HttpEmbedder(EmbeddingEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String model() {
        return endpoint.model();
    }

    @Override
    public int dimensions() {
        return endpoint.dimensions();
    }

    /** @throws EmbedderAwayException if the endpoint does not answer, is too busy, or lets nobody in */
    @Override
    public List<Embedding> embed(List<String> texts) {
        // An API refuses an empty text.
        List<String> clipped = texts.stream().map(text -> text.isBlank() ? "." : clip(text)).toList();
        if (clipped.size() == 1) {
            return List.of(cache.get(Sha256.hex(clipped.getFirst()), () -> call(clipped).getFirst()));
        }
        return clipped.isEmpty() ? List.of() : call(clipped);
    }

    private String clip(String text) {
        int end = Math.min(text.length(), endpoint.maxCharacters());
        return text.substring(0,
                end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    private List<Embedding> call(List<String> texts) {
        List<float[]> vectors = answer(texts);
        if (hasOtherLength(vectors) && !askLength) {
            vectors = answerOfLength(texts).orElse(vectors);
        }
        if (hasOtherLength(vectors)) {
            throw away("gives vectors of " + vectors.getFirst().length + " dimensions, but embedding.dimensions is "
                    + endpoint.dimensions() + ": correct it", new IOException("unusable vectors"));
        }
        return vectors.stream().map(Embedding::normalized).toList();
    }

    /** Empty if the model gives no vectors but its own. */
    private Optional<List<float[]>> answerOfLength(List<String> texts) {
        askLength = true;
        try {
            return Optional.of(answer(texts));
        } catch (EmbedderAwayException e) {
            throw e;
        } catch (EmbeddingException e) {
            askLength = false;
            return Optional.empty();
        }
    }

    private boolean hasOtherLength(List<float[]> vectors) {
        return vectors.stream().anyMatch(vector -> vector.length != endpoint.dimensions());
    }

    private List<float[]> answer(List<String> texts) {
        for (int attempt = 1;; attempt++) {
            Failure failure;
            try {
                HttpResponse<String> response = send(texts);
                if (response.statusCode() == 200) {
                    return EmbeddingWire.vectors(response.body(), texts.size()).orElseThrow(() -> away(
                            "answered without a vector for each text: is embedding.base-url right?",
                            new IOException()));
                }
                failure = failure(response);
            } catch (IOException e) {
                failure = new Failure(e.toString(), Optional.empty(), e);
            }
            Duration wait = failure.rest().orElse(FIRST_WAIT.multipliedBy(attempt));
            if (attempt == TRIES || wait.compareTo(LONGEST_WAIT) > 0) {
                throw away("does not embed: " + failure.words(), failure.cause());
            }
            pause(wait);
        }
    }

    private HttpResponse<String> send(List<String> texts) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.embeddings()).timeout(ANSWER)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(EmbeddingWire.request(endpoint.model(), texts, askLength,
                        endpoint.dimensions())));
        endpoint.key().ifPresent(key -> request.header("authorization", "Bearer " + key));
        try {
            return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("was not waited for", e);
        }
    }

    /** What may pass; throws what will not. The vendor's own words stay here, for they may quote the text. */
    private Failure failure(HttpResponse<String> response) {
        Optional<Duration> wait = retryAfter.of(header -> response.headers().firstValue(header));
        ErrorResponse error = ErrorResponse.of(response.statusCode(), EmbeddingWire.json(response.body()), wait);
        IOException cause = new IOException("HTTP " + error);
        return switch (response.statusCode()) {
            case 401, 403 -> throw away("does not accept the key (" + error + "): check embedding.api-key", cause);
            case 404 -> throw away("is not there (" + error + "): check embedding.base-url and embedding.model", cause);
            case 400, 413, 422 -> throw new EmbeddingException(name() + " refused a text (" + error + ")", cause);
            default -> new Failure("HTTP " + error, wait, cause);
        };
    }

    private EmbedderAwayException away(String what, Throwable cause) {
        return new EmbedderAwayException(name() + " " + what, cause);
    }

    private String name() {
        return "the embedding model " + endpoint.model() + " at " + endpoint.baseUrl();
    }

    private void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("was not waited for", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private record Failure(String words, Optional<Duration> rest, Throwable cause) {
    }
}
