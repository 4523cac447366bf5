package io.mnemosyne.launcher.models;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.inference.guards.Budget;
import io.mnemosyne.inference.guards.Price;
import io.mnemosyne.inference.guards.PriceTable;
import io.mnemosyne.inference.models.Chains;
import io.mnemosyne.inference.models.ModelSettings;

/** Calls every model once and prints what came of it. */
final class Doctor {
    private static final String UNKNOWN = "-";
    private static final int MICROS = 6;

    private final ModelSettings settings;
    private final PriceTable prices;
    private final BiFunction<ModelSettings, ModelId, ChatModel> chats;
    private final Duration timeout;
    private final PrintWriter out;
    private final Map<ModelId, ModelCheck> checks = new LinkedHashMap<>();

    Doctor(ModelSettings settings, BiFunction<ModelSettings, ModelId, ChatModel> chats, Duration timeout,
            PrintWriter out) {
        this.settings = settings;
        this.prices = new PriceTable(settings.prices());
        this.chats = chats;
        this.timeout = timeout;
        this.out = out;
    }

    /** Returns whether all of them answer. */
    boolean check(List<ModelId> models) throws InterruptedException {
        String row = "%%-%ds  %%-%ds  %%-6s  %%9s  %%15s  %%10s  %%s%%n".formatted(
                widest(models.stream().map(ModelId::toString).toList(), "model"),
                widest(models.stream().map(this::endpoint).map(Doctor::place).toList(), "endpoint"));
        out.printf(row, "model", "endpoint", "answer", "latency", "tokens in + out", "this call",
                "per million in / out");
        for (ModelId model : models) {
            ModelCheck check = ModelCheck.of(() -> chats.apply(settings, model), timeout);
            checks.put(model, check);
            Optional<Price> price = Optional.ofNullable(settings.prices().get(model));
            out.printf(row, model, place(endpoint(model)), check.answers() ? "ok" : "FAILED",
                    check.latency().toMillis() + " ms", check.usage().input() + " + " + check.usage().output(),
                    price.map(_ -> plain(cost(model, check.usage()))).orElse(UNKNOWN),
                    price.map(known -> plain(known.input()) + " / " + plain(known.output())).orElse("no price is set"));
            out.flush();
        }
        checks.forEach((model, check) -> check.note().ifPresent(note -> out.printf("%n%s: %s%n", model,
                new Advice(endpoint(model), timeout).of(note))));
        return checks.values().stream().allMatch(ModelCheck::answers);
    }

    /** Prints what tenants may still spend today, after these calls. */
    void printBudgets(Map<String, Chains> tenants) {
        String row = "%%-%ds  %%-28s  %%s%%n".formatted(widest(tenants.keySet(), "budget of a day"));
        out.println();
        out.printf(row, "budget of a day", "tokens left", "money left");
        tenants.forEach((tenant, chains) -> {
            Budget budget = settings.budgets().getOrDefault(tenant, settings.budget());
            List<ModelId> called = ConfiguredModels.named(chains).filter(checks::containsKey).toList();
            long tokens = called.stream().mapToLong(model -> usage(model).total()).sum();
            BigDecimal money = called.stream().map(model -> cost(model, usage(model))).reduce(BigDecimal.ZERO,
                    BigDecimal::add);
            out.printf(row, tenant,
                    budget.tokens().isPresent()
                            ? grouped(budget.tokens().getAsLong() - tokens) + " of "
                                    + grouped(budget.tokens().getAsLong())
                            : "no limit",
                    budget.money().map(most -> plain(most.subtract(money)) + " of " + plain(most))
                            .orElse("no limit"));
        });
        out.println(
                "This process counts only the calls above; what a running pipeline has left is at its /metrics: "
                        + "mnemosyne_tenant_tokens_left and mnemosyne_tenant_money_left.");
    }

    /** Where an endpoint is, for people. */
    static String place(Endpoint endpoint) {
        return endpoint.baseUrl().map(Object::toString).orElse("the vendor's own");
    }

    private Endpoint endpoint(ModelId model) {
        return settings.endpoints().stream().filter(endpoint -> endpoint.name().equals(model.provider())).findFirst()
                .orElseThrow();
    }

    private TokenUsage usage(ModelId model) {
        return Optional.ofNullable(checks.get(model)).map(ModelCheck::usage).orElse(TokenUsage.NONE);
    }

    private BigDecimal cost(ModelId model, TokenUsage usage) {
        return BigDecimal.valueOf(prices.micros(model, usage), MICROS);
    }

    private static int widest(Iterable<String> texts, String head) {
        int widest = head.length();
        for (String text : texts) {
            widest = Math.max(widest, text.length());
        }
        return widest;
    }

    private static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
