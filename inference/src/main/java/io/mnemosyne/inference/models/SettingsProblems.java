package io.mnemosyne.inference.models;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.guards.Budget;

/** What is wrong with settings of models, all at once, in words that say what to do. */
final class SettingsProblems {
    private final ModelSettings settings;
    private final Set<String> problems = new LinkedHashSet<>();

    private SettingsProblems(ModelSettings settings) {
        this.settings = settings;
    }

    /** Empty if the settings can be used. */
    static List<String> of(ModelSettings settings) {
        SettingsProblems found = new SettingsProblems(settings);
        found.inEndpoints();
        found.inChains("tenants without their own", settings.standard(), settings.budget());
        Set<String> tenants = new TreeSet<>(settings.tenants().keySet());
        tenants.addAll(settings.budgets().keySet());
        for (String tenant : tenants) {
            found.inChains("tenant " + tenant,
                    settings.tenants().getOrDefault(tenant, settings.standard()),
                    settings.budgets().getOrDefault(tenant, settings.budget()));
        }
        return List.copyOf(found.problems);
    }

    private void inEndpoints() {
        Set<String> names = new HashSet<>();
        for (Endpoint endpoint : settings.endpoints()) {
            if (endpoint.maxInFlight() < 1) {
                problems.add("the endpoint '" + endpoint.name() + "' lets " + endpoint.maxInFlight()
                        + " calls be in flight: allow at least 1");
            }
            if (!names.add(endpoint.name())) {
                problems.add("two endpoints are named '" + endpoint.name() + "': name one of them differently");
            }
            if (endpoint.name().equals(ModelId.OFFLINE.provider())) {
                problems.add("an endpoint is named 'offline', which means the extractor: name it differently");
            }
        }
    }

    private void inChains(String whose, Chains chains, Budget budget) {
        inChain("the observer's chain of " + whose, chains.observer(), budget);
        inChain("the reflector's chain of " + whose, chains.reflector(), budget);
    }

    private void inChain(String which, List<ModelId> chain, Budget budget) {
        Set<String> endpoints = settings.endpoints().stream().map(Endpoint::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (chain.subList(0, chain.size() - 1).contains(ModelId.OFFLINE)) {
            problems.add(which + " goes on after offline, which always answers: put offline last");
        }
        for (ModelId model : chain.stream().filter(model -> !model.equals(ModelId.OFFLINE)).toList()) {
            if (!endpoints.contains(model.provider())) {
                problems.add(which + " names " + model + ", but there is no endpoint '" + model.provider() + "': "
                        + (endpoints.isEmpty() ? "there are none" : "there are " + String.join(", ", endpoints)));
            }
            if (budget.money().isPresent() && !settings.prices().containsKey(model)) {
                problems.add(which + " has a budget of money, but " + model
                        + " has no price: add its price, or limit tokens instead");
            }
        }
    }
}
