package io.mnemosyne.launcher.config;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.completions.CompletionsMode;
import io.mnemosyne.inference.guards.Budget;
import io.mnemosyne.inference.guards.Price;
import io.mnemosyne.inference.models.Chains;
import io.mnemosyne.inference.models.ModelSettings;
import io.mnemosyne.launcher.config.ModelKeys.EndpointKeys;

/** Reads the settings for models. What does not fit together is a problem, too. */
final class ModelValues {
    private static final String TENANTS = ModelKeys.TENANT_OBSERVER.section();
    private static final String PRICES = ModelKeys.PRICE_INPUT.section();

    private final Values values;
    private final Map<String, String> environment;
    private final Problems problems;
    /** The models that are named, with the key that names each first. */
    private final Map<ModelId, Key> named = new LinkedHashMap<>();

    ModelValues(Values values, Map<String, String> environment, Problems problems) {
        this.values = values;
        this.environment = environment;
        this.problems = problems;
    }

    Settings.Models read() {
        CompletionsMode mode = values.mode(ModelKeys.MODE);
        Chains standard = chains(ModelKeys.OBSERVER, ModelKeys.REFLECTOR, ModelKeys.SUMMARIZER, RecallKeys.MODELS,
                Chains.OFFLINE);
        Budget budget = budget(ModelKeys.TOKENS_PER_DAY, ModelKeys.MONEY_PER_DAY, Budget.UNLIMITED);
        Map<String, Chains> tenants = new LinkedHashMap<>();
        Map<String, Budget> budgets = new LinkedHashMap<>();
        for (String tenant : values.tables(TENANTS)) {
            if (!ThreadKey.isName(tenant)) {
                problems.add("[%s.\"%s\"]: a tenant's name has 1 to 128 characters out of A-Z a-z 0-9 . _ : @ -"
                        .formatted(TENANTS, tenant));
            }
            tenants.put(tenant, chains(ModelKeys.TENANT_OBSERVER.in(tenant), ModelKeys.TENANT_REFLECTOR.in(tenant),
                    ModelKeys.TENANT_SUMMARIZER.in(tenant), ModelKeys.TENANT_RECALL.in(tenant), standard));
            budgets.put(tenant, budget(ModelKeys.TENANT_TOKENS.in(tenant), ModelKeys.TENANT_MONEY.in(tenant), budget));
        }
        Map<ModelId, Price> prices = prices();
        ModelSettings settings = new ModelSettings(endpoints(Settings.Models.calls(mode)), standard, tenants, prices,
                budget, budgets);
        requirePrices(standard, budget, ModelKeys.MONEY_PER_DAY, prices);
        tenants.forEach((tenant, chains) -> requirePrices(chains, budgets.getOrDefault(tenant, budget),
                values.text(ModelKeys.TENANT_MONEY.in(tenant)).isPresent()
                        ? ModelKeys.TENANT_MONEY.in(tenant)
                        : ModelKeys.MONEY_PER_DAY,
                prices));
        return new Settings.Models(settings, mode,
                Duration.ofSeconds(values.count(ModelKeys.CALL_BUDGET)), values.whole(ModelKeys.MAX_IN_FLIGHT),
                values.count(Keys.POLICY_UTILITY_WINDOW));
    }

    private Chains chains(Key observer, Key reflector, Key summarizer, Key recall, Chains otherwise) {
        List<ModelId> observing = chain(observer);
        List<ModelId> reflecting = chain(reflector);
        List<ModelId> summarizing = chain(summarizer);
        List<ModelId> answering = chain(recall);
        List<ModelId> first = observing.isEmpty() ? otherwise.observer() : observing;
        List<ModelId> second = observing.isEmpty() ? otherwise.reflector() : observing;
        return new Chains(first, reflecting.isEmpty() ? second : reflecting,
                summarizing.isEmpty() ? otherwise.summarizer() : summarizing,
                answering.isEmpty() ? otherwise.recall() : answering);
    }

    private List<ModelId> chain(Key key) {
        List<ModelId> chain = values.models(key);
        if (chain.contains(ModelId.OFFLINE) && chain.indexOf(ModelId.OFFLINE) < chain.size() - 1) {
            problems.add(key.name() + " names models behind offline, which always answers: put it last");
        }
        for (ModelId model : chain) {
            if (!model.equals(ModelId.OFFLINE) && named.putIfAbsent(model, key) == null
                    && endpoint(model).isEmpty()) {
                List<String> names = ModelKeys.ENDPOINTS.stream().map(EndpointKeys::name).toList();
                problems.add("%s names %s, but there is no endpoint '%s': did you mean %s:%s?".formatted(key.name(),
                        model, model.provider(), KnownNames.nearest(model.provider(), names), model.model()));
            }
        }
        return chain;
    }

    private static Optional<EndpointKeys> endpoint(ModelId model) {
        return ModelKeys.ENDPOINTS.stream().filter(keys -> keys.name().equals(model.provider())).findFirst();
    }

    private Budget budget(Key tokens, Key money, Budget otherwise) {
        OptionalLong most = values.optionalCount(tokens).map(OptionalLong::of).orElse(otherwise.tokens());
        return new Budget(most, values.amount(money).or(otherwise::money));
    }

    private Map<ModelId, Price> prices() {
        Map<ModelId, Price> prices = new LinkedHashMap<>();
        for (String table : values.tables(PRICES)) {
            try {
                ModelId model = ModelId.parse(table);
                BigDecimal input = price(ModelKeys.PRICE_INPUT.in(table));
                prices.put(model, new Price(input, price(ModelKeys.PRICE_OUTPUT.in(table)),
                        values.amount(ModelKeys.PRICE_CACHE_READ.in(table)).orElse(input),
                        values.amount(ModelKeys.PRICE_CACHE_WRITE.in(table)).orElse(input)));
            } catch (IllegalArgumentException e) {
                problems.add("[%s.\"%s\"]: %s".formatted(PRICES, table, e.getMessage()));
            }
        }
        return prices;
    }

    private BigDecimal price(Key key) {
        if (values.text(key).isEmpty()) {
            problems.add(key.name() + " is missing: the price of a million tokens, 0 if they cost nothing");
        }
        return values.amount(key).orElse(BigDecimal.ZERO);
    }

    /** Those that models name. All keys are read, so that what is wrong with the others is told as well. */
    private List<Endpoint> endpoints(boolean calls) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (EndpointKeys keys : ModelKeys.ENDPOINTS) {
            Endpoint endpoint = new Endpoint(keys.name(), keys.wire(), baseUrl(keys.baseUrl()), apiKey(keys),
                    values.whole(keys.maxInFlight()));
            Optional<ModelId> model = named.keySet().stream().filter(id -> id.provider().equals(keys.name()))
                    .findFirst();
            if (model.isPresent()) {
                endpoints.add(endpoint);
                if (calls) {
                    require(keys, endpoint, model.get());
                }
            }
        }
        return endpoints;
    }

    private void require(EndpointKeys keys, Endpoint endpoint, ModelId model) {
        String names = named.getOrDefault(model, ModelKeys.OBSERVER).name() + " names " + model;
        if (keys.vendorVariable().isPresent() && endpoint.key().isEmpty()) {
            problems.add("%s, but there is no key: set %s or %s, or name a file with %s".formatted(names,
                    keys.key().variable(), keys.vendorVariable().get(), keys.keyFile().name()));
        }
        if (keys.vendorVariable().isEmpty() && endpoint.baseUrl().isEmpty()) {
            problems.add(names + ", but it is not said where that is: set " + keys.baseUrl().name());
        }
    }

    private Optional<URI> baseUrl(Key key) {
        List<URI> urls = values.urls(key);
        if (urls.size() > 1) {
            problems.add(key.name() + " takes one URL, not " + urls.size());
        }
        if (urls.stream().anyMatch(url -> url.getUserInfo() != null)) {
            problems.add(key.name() + " holds a user or a password: leave it out, and give a key instead");
        }
        return urls.stream().findFirst();
    }

    private Optional<String> apiKey(EndpointKeys keys) {
        Optional<String> key = values.secret(keys.key(), keys.keyFile()).map(Secret::value)
                .or(() -> keys.vendorVariable().flatMap(variable -> Optional.ofNullable(environment.get(variable)))
                        .map(String::strip))
                .filter(value -> !value.isEmpty());
        // Such a key would be refused by the client, which quotes it.
        if (key.isPresent() && !key.get().chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            problems.add("the value of %s has a space, a line break or another character that no key has"
                    .formatted(keys.key().name()));
            return Optional.of("unusable");
        }
        return key;
    }

    private void requirePrices(Chains chains, Budget budget, Key key, Map<ModelId, Price> prices) {
        if (budget.money().isPresent()) {
            chains.models().filter(model -> endpoint(model).isPresent() && !prices.containsKey(model))
                    .forEach(model -> problems.add(
                            "%s needs the price of %s: add a table [prices.\"%s\"] with input and output, 0 if it costs nothing"
                                    .formatted(key.name(), model, model)));
        }
    }
}
