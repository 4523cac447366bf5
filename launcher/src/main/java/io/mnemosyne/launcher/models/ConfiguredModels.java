package io.mnemosyne.launcher.models;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mnemosyne.core.recall.Answerer;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.tokens.TokenFit;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.calibration.NotedModel;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.clients.ChatClients;
import io.mnemosyne.inference.completions.Ledger;
import io.mnemosyne.inference.guards.Breaker;
import io.mnemosyne.inference.guards.Spending;
import io.mnemosyne.inference.models.Chains;
import io.mnemosyne.inference.models.ModelFactory;
import io.mnemosyne.inference.models.ModelSettings;
import io.mnemosyne.inference.prompts.ModelObserver;
import io.mnemosyne.inference.prompts.ModelRecall;
import io.mnemosyne.inference.prompts.ModelReflector;
import io.mnemosyne.inference.prompts.ModelSummarizer;
import io.mnemosyne.inference.worker.Models;

/** The models of settings, with everything that guards them. Thread-safe; closed once, after those who ask. */
public final class ConfiguredModels implements AutoCloseable {
    private final ChatClients clients = new ChatClients();
    private final BilledTokens billed;
    private final ModelFactory factory;

    /**
     * Makes the models; calls none.
     *
     * @param window tokens that the models take
     * @param counts raised by what happens to calls
     */
    public ConfiguredModels(ModelSettings settings, long window, TokenCounter tokens, Counts counts) {
        billed = new BilledTokens(counts);
        factory = new ModelFactory(settings, new ModelFactory.Parts(
                (endpoint, id) -> new NotedModel(clients.model(endpoint, id), tokens, billed),
                chat -> new ModelObserver(chat, tokens, counts, window, billed),
                chat -> new ModelReflector(chat, tokens, counts, window, billed),
                chat -> new ModelSummarizer(chat, tokens, counts, window, billed),
                chat -> new ModelRecall(chat, tokens, counts, window, billed), Models.offline(tokens)), counts);
    }

    /** The models of a replay, which ends with its process. */
    public static Models ofReplay(ModelSettings settings, long window, TokenCounter tokens, Counts counts) {
        return new ConfiguredModels(settings, window, tokens, counts).models();
    }

    /**
     * Has the clients load what a call needs, which takes seconds, so that the first requests do not wait for it. Calls
     * nobody; returns at once.
     */
    public void rehearse() {
        Thread.ofPlatform().daemon().name("rehearsal").start(clients::rehearse);
    }

    /** A model as it is, without retries, limits and budgets. Takes seconds, so that its first call takes no more than others. */
    public static ChatModel chat(ModelSettings settings, ModelId model) {
        Endpoint endpoint = settings.endpoints().stream().filter(place -> place.name().equals(model.provider()))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("no endpoint is called "
                        + model.provider()));
        ChatClients clients = new ChatClients();
        ChatModel chat = clients.model(endpoint, model);
        clients.rehearse();
        return chat;
    }

    /** Who answers the requests of all tenants. */
    public Models models() {
        return factory.models();
    }

    /**
     * Who answers questions to memory, for all tenants.
     *
     * @param time for one answer
     */
    public Answerer answerer(Duration time) {
        return factory.answerer(time);
    }

    /** Is told what was spent today before this process started. */
    public Ledger ledger() {
        return factory.spending()::book;
    }

    /** Which models are called, and which are left alone. */
    public Map<ModelId, Breaker.State> circuits() {
        return factory.circuits();
    }

    /** What the tenants of today spent, and may still spend, by their names. */
    public Map<String, Spending.Balance> balances() {
        return factory.spending().balances();
    }

    /** How the models count that have billed enough to know it, by {@link ModelId#toString()}. */
    public Map<String, TokenFit.Line> lines() {
        return billed.snapshot();
    }

    @Override
    public void close() {
        clients.close();
    }

    /** The models in the chains of all tenants, each once; the extractor is none. */
    static List<ModelId> named(ModelSettings settings) {
        return Stream.concat(Stream.of(settings.standard()), settings.tenants().values().stream())
                .flatMap(ConfiguredModels::named).distinct().toList();
    }

    static Stream<ModelId> named(Chains chains) {
        return chains.models().filter(model -> !model.equals(ModelId.OFFLINE));
    }
}
