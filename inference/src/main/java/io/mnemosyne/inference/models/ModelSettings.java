package io.mnemosyne.inference.models;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.guards.Budget;
import io.mnemosyne.inference.guards.Price;

/**
 * Which models answer, and within which limits. Whoever reads them from a user has to see to it that every model in a chain
 * has an endpoint, and a price if its tenant has a budget of money.
 *
 * @param standard chains of tenants that have none of their own
 * @param tenants chains by tenant
 * @param prices by model; models that are not in it cost nothing that is known
 * @param budget of each tenant that has none of its own
 * @param budgets by tenant
 */
public record ModelSettings(List<Endpoint> endpoints, Chains standard, Map<String, Chains> tenants,
        Map<ModelId, Price> prices, Budget budget, Map<String, Budget> budgets) {
    /** The extractor for everybody. */
    public static final ModelSettings OFFLINE = new ModelSettings(List.of(), Chains.OFFLINE, Map.of(), Map.of(),
            Budget.UNLIMITED, Map.of());

    public ModelSettings {
        endpoints = List.copyOf(endpoints);
        tenants = Map.copyOf(tenants);
        prices = Map.copyOf(prices);
        budgets = Map.copyOf(budgets);
    }

    /** Whether anybody is to be asked for summaries. */
    public boolean summarizes() {
        return chains().anyMatch(chains -> !chains.summarizer().isEmpty());
    }

    /** Whether anybody is to be asked for answers out of memory. */
    public boolean recalls() {
        return chains().anyMatch(chains -> !chains.recall().isEmpty());
    }

    private Stream<Chains> chains() {
        return Stream.concat(Stream.of(standard), tenants.values().stream());
    }
}
