package io.mnemosyne.inference.embeddings;

import java.net.URI;
import java.util.Optional;

/**
 * Where texts are embedded over HTTP.
 *
 * @param baseUrl up to {@code /v1}, without {@code /embeddings}
 * @param model as the endpoint names it
 * @param dimensions of its vectors, at least 1
 * @param key of the API; empty for endpoints that want none
 * @param maxCharacters of a text; what follows is not embedded, at least 1
 */
public record EmbeddingEndpoint(URI baseUrl, String model, int dimensions, Optional<String> key, int maxCharacters) {

    /** @throws IllegalArgumentException if a number is not at least 1 */
    public EmbeddingEndpoint {
        if (dimensions < 1 || maxCharacters < 1) {
            throw new IllegalArgumentException("vectors of " + dimensions + " dimensions of texts of " + maxCharacters
                    + " characters: both must be at least 1");
        }
    }

    URI embeddings() {
        String base = baseUrl.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + "embeddings");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EmbeddingEndpoint[baseUrl=" + baseUrl + ", model=" + model + ", dimensions=" + dimensions + "]";
    }
}
