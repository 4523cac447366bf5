package io.mnemosyne.inference.chat;

import java.net.URI;
import java.util.Optional;

/**
 * Where models are called.
 *
 * @param name by which models name it, for example {@code anthropic}
 * @param baseUrl of the API; empty for the vendor's own
 * @param key of the API; empty for endpoints that want none
 * @param maxInFlight calls at once from this process, at least 1
 */
public record Endpoint(String name, Wire wire, Optional<URI> baseUrl, Optional<String> key, int maxInFlight) {

    public Endpoint {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException(
                    "the endpoint '" + name + "' lets " + maxInFlight + " calls be in flight: allow at least 1");
        }
    }

    /** What an endpoint speaks. */
    public enum Wire {
        /** Anthropic's Messages API. */
        ANTHROPIC,
        /** OpenAI's Chat Completions API, which Ollama, vLLM and many others speak too. */
        OPENAI
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Endpoint[name=" + name + ", wire=" + wire + ", baseUrl=" + baseUrl + ", maxInFlight=" + maxInFlight
                + "]";
    }
}
