package io.mnemosyne.launcher.pipeline;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Supplier;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import io.mnemosyne.core.tokens.TokenFit;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.guards.Breaker;
import io.mnemosyne.inference.guards.Spending;

/**
 * How the models and the budgets of this process stand. A collector rather than meters, because tenants come and go with
 * the day, and a model's ratio is known only after some calls.
 *
 * @param lines how models count, by their names
 */
record ModelMetrics(Supplier<Map<ModelId, Breaker.State>> circuits, Supplier<Map<String, Spending.Balance>> balances,
        Supplier<Map<String, TokenFit.Line>> lines) implements MultiCollector {
    private static final int MICROS = 6;

    @Override
    public MetricSnapshots collect() {
        GaugeSnapshot.Builder circuit = gauge("mnemosyne_model_circuit",
                "0 while a model is called, 1 while a few calls try it, 2 while it is left alone because it fails");
        circuits.get().forEach((model, state) -> circuit.dataPoint(point("model", model.toString(), level(state))));
        GaugeSnapshot.Builder ratio = gauge("mnemosyne_model_token_ratio", "Tokens that a model bills for one of ours");
        lines.get().forEach((model, line) -> ratio.dataPoint(point("model", model, line.ratio())));
        GaugeSnapshot.Builder tokens = gauge("mnemosyne_tenant_tokens_left",
                "What a tenant may still use today in this process, tokens");
        GaugeSnapshot.Builder money = gauge("mnemosyne_tenant_money_left",
                "What a tenant may still spend today in this process, in the currency of the prices");
        balances.get().forEach((tenant, balance) -> {
            balance.tokensLeft().ifPresent(left -> tokens.dataPoint(point("tenant", tenant, (double) left)));
            balance.microsLeft().ifPresent(left -> money
                    .dataPoint(point("tenant", tenant, BigDecimal.valueOf(left, MICROS).doubleValue())));
        });
        return MetricSnapshots.of(circuit.build(), ratio.build(), tokens.build(), money.build());
    }

    private static double level(Breaker.State state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(name).help(help);
    }

    private static GaugeDataPointSnapshot point(String label, String of, double value) {
        return GaugeDataPointSnapshot.builder().labels(Labels.of(label, of)).value(value).build();
    }
}
