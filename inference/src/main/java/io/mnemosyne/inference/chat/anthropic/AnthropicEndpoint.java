package io.mnemosyne.inference.chat.anthropic;

import java.net.URI;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.LogLevel;

import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.stream.Patience;
import io.mnemosyne.inference.chat.stream.Provider;
import io.mnemosyne.inference.chat.stream.RefusedParameters;
import io.mnemosyne.inference.chat.stream.Rehearsal;
import io.mnemosyne.inference.chat.stream.Streaming;

/** Anthropic's API, or one that speaks like it. */
public final class AnthropicEndpoint implements Provider {
    /** What is sent to an endpoint that wants no key; the SDK sends none without one. */
    private static final String NO_KEY = "none";

    private final AnthropicClient client;
    private final Patience patience;

    private AnthropicEndpoint(AnthropicClient client, Patience patience) {
        this.client = client;
        this.patience = patience;
    }

    /** Connects at the first call. */
    public static AnthropicEndpoint open(Endpoint endpoint, Patience patience) {
        String key = endpoint.key().orElse(NO_KEY);
        // No retries of its own: whether another try makes sense is decided where the budget is known.
        // The header is set by hand, and taken before any other: this SDK sends keys as bearer tokens, which endpoints that
        // speak the API's older version need not read.
        AnthropicOkHttpClient.Builder builder = AnthropicOkHttpClient.builder().apiKey(key).putHeader("X-Api-Key", key)
                .maxRetries(0).maxIdleConnections(endpoint.maxInFlight()).keepAliveDuration(KEEP_UNUSED)
                .logLevel(LogLevel.OFF);
        endpoint.baseUrl().map(URI::toString).ifPresent(builder::baseUrl);
        return new AnthropicEndpoint(builder.build(), patience);
    }

    @Override
    public ChatModel model(ModelId id) {
        return new Streaming(id, new AnthropicChat(client.messages().withRawResponse(), id.model(), patience),
                new RefusedParameters(AnthropicChat.OPTIONAL));
    }

    @Override
    public boolean rehearse() {
        return Rehearsal.of(AnthropicRehearsal::play);
    }

    @Override
    public void close() {
        client.close();
    }
}
