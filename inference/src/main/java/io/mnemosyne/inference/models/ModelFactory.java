package io.mnemosyne.inference.models;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.recall.AnswerRequest;
import io.mnemosyne.core.recall.Answered;
import io.mnemosyne.core.recall.Answerer;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.guards.Breaker;
import io.mnemosyne.inference.guards.ByTenant;
import io.mnemosyne.inference.guards.Chain;
import io.mnemosyne.inference.guards.Governor;
import io.mnemosyne.inference.guards.PriceTable;
import io.mnemosyne.inference.guards.Retrying;
import io.mnemosyne.inference.guards.Spending;
import io.mnemosyne.inference.guards.Time;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.worker.Models;

/**
 * Builds the models of a worker of its settings. Every model is guarded, from the outside in:
 * <ol>
 * <li>{@link Retrying}, so that each try is checked anew by all that follow, and none is made once one of them says no;
 * <li>{@link Spending}, so that a call that cannot be paid takes no probe from the circuit and no turn from others;
 * <li>{@link Breaker}, so that a call of a broken model takes no turn from the endpoint's other models. The price: calls
 * that wait for their turn when a circuit opens are still made;
 * <li>{@link Governor}, next to the call, so that it sees every answer and counts nothing that was not called.
 * </ol>
 * A governor is shared by all models of its endpoint, a circuit by all who ask its model, the ledger by all. Thread-safe.
 */
public final class ModelFactory {
    private final Map<ModelId, ChatModel> guarded = new LinkedHashMap<>();
    private final Map<ModelId, Breaker> breakers = new LinkedHashMap<>();
    private final Spending spending;
    private final Models models;
    private final ModelSettings settings;
    private final Function<ChatModel, Model<AnswerRequest, Answered.Told>> recall;
    private final Counts counts;

    /**
     * What models are built of.
     *
     * @param clients calls a model, by its provider's name, at an endpoint
     * @param extractor that answers for {@link ModelId#OFFLINE}
     */
    public record Parts(BiFunction<Endpoint, ModelId, ChatModel> clients,
            Function<ChatModel, Model<ObservationRequest, ObservationResult.Outcome>> observer,
            Function<ChatModel, Model<ReflectionRequest, ReflectionResult.Outcome>> reflector,
            Function<ChatModel, Model<SummaryRequest, SummaryResult.Outcome>> summarizer,
            Function<ChatModel, Model<AnswerRequest, Answered.Told>> recall, Models extractor) {
    }

    /** @throws IllegalArgumentException if a chain names a model that has no endpoint */
    public ModelFactory(ModelSettings settings, Parts parts, Counts counts) {
        this(settings, parts, counts, Time.SYSTEM, new Random());
    }

    ModelFactory(ModelSettings settings, Parts parts, Counts counts, Time time, RandomGenerator random) {
        this.settings = settings;
        this.recall = parts.recall();
        this.counts = counts;
        PriceTable prices = new PriceTable(settings.prices());
        spending = new Spending(tenant -> settings.budgets().getOrDefault(tenant, settings.budget()), prices, time,
                counts);
        for (Endpoint endpoint : settings.endpoints()) {
            Governor governor = new Governor(endpoint.name(), endpoint.maxInFlight(), time, counts);
            modelsOf(settings).filter(id -> id.provider().equals(endpoint.name())).forEach(id -> {
                Breaker breaker = new Breaker(governor.guard(parts.clients().apply(endpoint, id)), time, counts);
                breakers.put(id, breaker);
                guarded.put(id, new Retrying(spending.guard(breaker), usage -> prices.micros(id, usage), random, time,
                        counts));
            });
        }
        models = new Models(
                byTenant(Chains::observer, parts.observer(), parts.extractor().observer()),
                byTenant(Chains::reflector, parts.reflector(), parts.extractor().reflector()),
                byTenant(ModelFactory::summarizer, parts.summarizer(), parts.extractor().summarizer()));
    }

    /** Where one tenant has summaries and another has none, both are asked for: excerpts then come out of the extractor. */
    private static List<ModelId> summarizer(Chains chains) {
        return chains.summarizer().isEmpty() ? List.of(ModelId.OFFLINE) : chains.summarizer();
    }

    /** Who answers the worker's requests. */
    public Models models() {
        return models;
    }

    /**
     * Who answers questions to memory. Whoever else is asked shares its guards and budgets.
     *
     * @param time for one answer, with all retries and all models of its chain
     */
    public Answerer answerer(Duration time) {
        Map<ModelId, Chain.Link<AnswerRequest, Answered.Told>> links = links(recall);
        Function<Chains, Optional<Chain<AnswerRequest, Answered.Told>>> chain = chains -> Optional
                .of(chains.recall().stream().filter(id -> !id.equals(ModelId.OFFLINE)).toList())
                .filter(asked -> !asked.isEmpty()).map(asked -> chain(asked, links));
        Map<String, Optional<Chain<AnswerRequest, Answered.Told>>> tenants = new HashMap<>();
        settings.tenants().forEach((tenant, chains) -> tenants.put(tenant, chain.apply(chains)));
        return new ChainAnswerer(tenants, chain.apply(settings.standard()), time);
    }

    /** The ledger of the day. */
    public Spending spending() {
        return spending;
    }

    /** Which models are called, and which are left alone because they fail. */
    public Map<ModelId, Breaker.State> circuits() {
        Map<ModelId, Breaker.State> states = new LinkedHashMap<>();
        breakers.forEach((id, breaker) -> states.put(id, breaker.state()));
        return states;
    }

    private <Q extends ModelRequest, O> Model<Q, O> byTenant(Function<Chains, List<ModelId>> stage,
            Function<ChatModel, Model<Q, O>> prompts, Model<Q, O> extractor) {
        Map<ModelId, Chain.Link<Q, O>> links = links(prompts);
        links.put(ModelId.OFFLINE, new Chain.Link<>(ModelId.OFFLINE, extractor));
        Function<Chains, Model<Q, O>> chain = chains -> chain(stage.apply(chains), links);
        Map<String, Model<Q, O>> tenants = new HashMap<>();
        settings.tenants().forEach((tenant, chains) -> tenants.put(tenant, chain.apply(chains)));
        return new ByTenant<>(tenants, chain.apply(settings.standard()));
    }

    private <Q extends ModelRequest, O> Map<ModelId, Chain.Link<Q, O>> links(
            Function<ChatModel, Model<Q, O>> prompts) {
        Map<ModelId, Chain.Link<Q, O>> links = new HashMap<>();
        guarded.forEach((id, model) -> links.put(id, new Chain.Link<>(id, prompts.apply(model))));
        return links;
    }

    private <Q extends ModelRequest, O> Chain<Q, O> chain(List<ModelId> asked, Map<ModelId, Chain.Link<Q, O>> links) {
        return new Chain<>(asked.stream().map(id -> link(links, id)).toList(), counts);
    }

    private static <Q extends ModelRequest, O> Chain.Link<Q, O> link(Map<ModelId, Chain.Link<Q, O>> links, ModelId id) {
        return Optional.ofNullable(links.get(id)).orElseThrow(() -> new IllegalArgumentException(
                "a chain names " + id + ", but there is no endpoint '" + id.provider() + "'"));
    }

    private static Stream<ModelId> modelsOf(ModelSettings settings) {
        return Stream.concat(Stream.of(settings.standard()), settings.tenants().values().stream())
                .flatMap(Chains::models).distinct();
    }
}
