package io.mnemosyne.launcher.pipeline;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.redact.Redacted;
import io.mnemosyne.core.tokens.TokenFit;
import io.mnemosyne.index.IndexStats;
import io.mnemosyne.index.IndexStats.Lag;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.guards.Breaker;
import io.mnemosyne.inference.guards.Breaker.State;
import io.mnemosyne.inference.guards.Spending;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsTest {
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void shouldCountWhatIsRedactedByRuleAndTenantAndNeverSayIt() {
        // given
        var redactors = new CountedRedactors(tenant -> text -> new Redacted<>("clean", Map.of("github", 2, text, 1)),
                metrics, "rest");
        // when
        redactors.apply("acme").redact("aws");
        redactors.apply("acme").redact("slack");
        redactors.apply("other").redact("aws");
        // then
        assertThat(metrics.scrape().lines()).contains(
                "# TYPE mnemosyne_redacted_total counter",
                "mnemosyne_redacted_total{door=\"rest\",rule=\"github\",tenant=\"acme\"} 4.0",
                "mnemosyne_redacted_total{door=\"rest\",rule=\"aws\",tenant=\"acme\"} 1.0",
                "mnemosyne_redacted_total{door=\"rest\",rule=\"github\",tenant=\"other\"} 2.0");
    }

    @Test
    void shouldCountTheTenantsBeyondSomeHundredsTogether() {
        // given
        var redactors = new CountedRedactors(tenant -> text -> new Redacted<>("clean", Map.of("github", 1)), metrics,
                "rest");
        // when
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < CountedRedactors.MOST_TENANTS + 7; i++) {
                redactors.apply("tenant" + i).redact("text");
            }
        }
        // then
        assertThat(metrics.scrape().lines().filter(line -> line.startsWith("mnemosyne_redacted_total{")))
                .hasSize(CountedRedactors.MOST_TENANTS + 1)
                .contains("mnemosyne_redacted_total{door=\"rest\",rule=\"github\",tenant=\"(others)\"} 14.0");
    }

    @Test
    void shouldServeTheNumbersOfTheSink() {
        // given
        var stats = new IndexStats(11, 2, 3, 4, 5, false, 6, 1_500, 700, new Lag(8, 9_000), new Lag(10, 12_000),
                new Lag(13, 0));
        // when
        new SinkMetrics(() -> stats).bindTo(metrics);
        // then
        assertThat(metrics.scrape().lines()).contains(
                "# HELP mnemosyne_index_indexed_changes_total Changes that the index took: texts, vectors, marks and "
                        + "removals",
                "# TYPE mnemosyne_index_indexed_changes_total counter",
                "mnemosyne_index_indexed_changes_total 11.0",
                "mnemosyne_index_retried_changes_total 2.0",
                "mnemosyne_index_dead_lettered_records_total 3.0",
                "mnemosyne_index_embedded_vectors_total 4.0",
                "mnemosyne_index_restarted_loops_total 5.0",
                "mnemosyne_index_reachable 0.0",
                "mnemosyne_index_bulk_seconds_count 6",
                "mnemosyne_index_bulk_seconds_sum 1.5",
                "mnemosyne_index_bulk_slowest_seconds 0.7",
                "mnemosyne_index_lag_records{of=\"texts\"} 8.0",
                "mnemosyne_index_lag_records{of=\"vectors\"} 10.0",
                "mnemosyne_index_lag_records{of=\"rebuild\"} 13.0",
                "mnemosyne_index_lag_age_seconds{of=\"texts\"} 9.0",
                "mnemosyne_index_lag_age_seconds{of=\"vectors\"} 12.0");
    }

    @Test
    void shouldServeWhatTheWorkerCountsAlsoWhenItIsNew() {
        // given
        Map<String, Long> counts = new ConcurrentHashMap<>(Map.of("call.answered", 7L));
        metrics.getPrometheusRegistry().register(new WorkerMetrics(List.of(() -> counts)));
        assertThat(metrics.scrape()).contains("mnemosyne_worker_events_total{event=\"call.answered\"} 7.0");
        // when something happens for the first time
        counts.put("call.failed", 1L);
        // then
        assertThat(metrics.scrape().lines()).contains("# TYPE mnemosyne_worker_events_total counter",
                "mnemosyne_worker_events_total{event=\"call.failed\"} 1.0");
    }

    @Test
    void shouldServeHowModelsAndBudgetsStandAlsoWhenThatChanges() {
        // given
        Map<ModelId, Breaker.State> circuits = new ConcurrentHashMap<>(Map.of(ModelId.parse("p:m"), State.CLOSED));
        Map<String, Spending.Balance> balances = new ConcurrentHashMap<>();
        metrics.getPrometheusRegistry().register(new ModelMetrics(() -> circuits, () -> balances,
                () -> Map.of("p:m", new TokenFit.Line(1.25, 40))));
        assertThat(metrics.scrape().lines()).contains("# TYPE mnemosyne_model_circuit gauge",
                "mnemosyne_model_circuit{model=\"p:m\"} 0.0", "mnemosyne_model_token_ratio{model=\"p:m\"} 1.25");
        // when a model fails and tenants spend
        circuits.put(ModelId.parse("p:m"), State.OPEN);
        balances.put("acme", new Spending.Balance(7, 900_000, OptionalLong.of(93), OptionalLong.of(1_100_000)));
        balances.put("other", new Spending.Balance(7, 0, OptionalLong.empty(), OptionalLong.empty()));
        // then
        assertThat(metrics.scrape().lines()).contains("mnemosyne_model_circuit{model=\"p:m\"} 2.0",
                "mnemosyne_tenant_tokens_left{tenant=\"acme\"} 93.0",
                "mnemosyne_tenant_money_left{tenant=\"acme\"} 1.1").noneMatch(line -> line.contains("other"));
    }
}
