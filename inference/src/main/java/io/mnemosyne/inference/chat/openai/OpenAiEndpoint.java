package io.mnemosyne.inference.chat.openai;

import java.net.URI;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.LogLevel;

import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.stream.Patience;
import io.mnemosyne.inference.chat.stream.Provider;
import io.mnemosyne.inference.chat.stream.RefusedParameters;
import io.mnemosyne.inference.chat.stream.Rehearsal;
import io.mnemosyne.inference.chat.stream.Streaming;

/** OpenAI's API, or one that speaks like it, such as that of Ollama or vLLM. */
public final class OpenAiEndpoint implements Provider {
    /** What is sent to an endpoint that wants no key; the SDK does not start without one. */
    private static final String NO_KEY = "none";

    private final OpenAIClient client;
    private final boolean vendor;
    private final Patience patience;

    private OpenAiEndpoint(OpenAIClient client, boolean vendor, Patience patience) {
        this.client = client;
        this.vendor = vendor;
        this.patience = patience;
    }

    /** Connects at the first call. */
    public static OpenAiEndpoint open(Endpoint endpoint, Patience patience) {
        // No retries of its own: whether another try makes sense is decided where the budget is known.
        OpenAIOkHttpClient.Builder builder = OpenAIOkHttpClient.builder().apiKey(endpoint.key().orElse(NO_KEY))
                .maxRetries(0).maxIdleConnections(endpoint.maxInFlight()).keepAliveDuration(KEEP_UNUSED)
                .logLevel(LogLevel.OFF).disableTelemetry(true);
        endpoint.baseUrl().map(URI::toString).ifPresent(builder::baseUrl);
        boolean vendor = endpoint.baseUrl().map(URI::getHost).map(host -> host.endsWith(".openai.com")).orElse(true);
        return new OpenAiEndpoint(builder.build(), vendor, patience);
    }

    @Override
    public ChatModel model(ModelId id) {
        return new Streaming(id,
                new OpenAiChat(client.chat().completions().withRawResponse(), id.model(), vendor, patience),
                new RefusedParameters(OpenAiChat.OPTIONAL));
    }

    @Override
    public boolean rehearse() {
        return Rehearsal.of(OpenAiRehearsal::play);
    }

    @Override
    public void close() {
        client.close();
    }
}
