package io.mnemosyne.inference.chat.clients;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.anthropic.AnthropicEndpoint;
import io.mnemosyne.inference.chat.openai.OpenAiEndpoint;
import io.mnemosyne.inference.chat.stream.Patience;
import io.mnemosyne.inference.chat.stream.Provider;

/** The clients of all endpoints. Models of one endpoint share its connections. Thread-safe. */
public final class ChatClients implements AutoCloseable {
    private final Patience patience;
    private final Map<Endpoint, Provider> providers = new ConcurrentHashMap<>();

    public ChatClients() {
        this(Patience.STANDARD);
    }

    public ChatClients(Patience patience) {
        this.patience = patience;
    }

    /** A model that is called by its provider's name at an endpoint. Nothing is connected before the first call. */
    public ChatModel model(Endpoint endpoint, ModelId id) {
        return providers.computeIfAbsent(endpoint, this::open).model(id);
    }

    /**
     * Makes ready for calls of all models that there are, so that the first ones need no longer than later ones. Nobody is
     * called. Takes seconds in a fresh process.
     *
     * @return whether that came off for all; if not, it is logged, and the first calls take longer
     */
    public boolean rehearse() {
        return providers.values().stream().map(Provider::rehearse).reduce(true, Boolean::logicalAnd);
    }

    /** Closes all connections. Calls under way fail. */
    @Override
    public void close() {
        providers.values().forEach(Provider::close);
    }

    private Provider open(Endpoint endpoint) {
        return switch (endpoint.wire()) {
            case ANTHROPIC -> AnthropicEndpoint.open(endpoint, patience);
            case OPENAI -> OpenAiEndpoint.open(endpoint, patience);
        };
    }
}
