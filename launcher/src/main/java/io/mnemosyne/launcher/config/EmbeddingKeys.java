package io.mnemosyne.launcher.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.inference.embeddings.EmbeddingEndpoint;
import io.mnemosyne.launcher.config.Key.Kind;

/** The settings for the model that embeds texts. */
final class EmbeddingKeys {
    private static final long MOST_DIMENSIONS = 16_000;

    static final Key MODEL = new Key("embedding.model", Kind.TEXT, "",
            "Model that makes the vectors by which texts are found by meaning, as its endpoint names it. Without it MiniLM is used, which runs in the process. Another model, or another number of dimensions, needs an index that is built anew: see the README of `index-sink`.");
    static final Key BASE_URL = new Key("embedding.base-url", Kind.URL, "",
            "Base URL of a server that speaks OpenAI's embeddings API, for example `https://api.openai.com/v1` or Ollama's `http://127.0.0.1:11434/v1`. Texts are sent there after redaction.");
    static final Key DIMENSIONS = new Key("embedding.dimensions", Kind.COUNT, "",
            "How many values its vectors have. A model whose own are longer is asked for shorter ones.");
    static final Key MAX_CHARACTERS = new Key("embedding.max-characters", Kind.COUNT, "8000",
            "How much of a text is embedded, characters. Must fit what the model takes.");
    static final Key API_KEY = Keys.secret("embedding.api-key", "Key of that API. Without it none is sent.");
    static final Key API_KEY_FILE = Keys.secretFile(API_KEY);

    static final List<Key> ALL = List.of(MODEL, BASE_URL, DIMENSIONS, MAX_CHARACTERS, API_KEY, API_KEY_FILE);

    private EmbeddingKeys() {
    }

    /** Empty for the model that runs in the process. */
    static Optional<EmbeddingEndpoint> read(Values values, Problems problems) {
        Optional<String> model = values.text(MODEL);
        Optional<URI> url = values.urls(BASE_URL).stream().findFirst();
        Optional<Long> dimensions = values.optionalCount(DIMENSIONS);
        int maxCharacters = values.whole(MAX_CHARACTERS);
        Optional<String> key = values.secret(API_KEY, API_KEY_FILE).map(Secret::value);
        if (model.isPresent() != url.isPresent() || model.isPresent() != dimensions.isPresent()) {
            problems.add("%s, %s and %s belong together: give all of them or none".formatted(MODEL.name(),
                    BASE_URL.name(), DIMENSIONS.name()));
        }
        if (key.isPresent() && !key.get().chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            problems.add("the value of " + API_KEY.name()
                    + " has a space, a line break or another character that no key has");
        }
        if (dimensions.filter(length -> length > MOST_DIMENSIONS).isPresent()) {
            problems.add(
                    DIMENSIONS.name() + " must be at most " + MOST_DIMENSIONS + ", which is what OpenSearch takes");
        }
        return model.flatMap(name -> url.flatMap(base -> dimensions.filter(length -> length <= MOST_DIMENSIONS)
                .map(length -> new EmbeddingEndpoint(base, name, Math.toIntExact(length), key, maxCharacters))));
    }
}
