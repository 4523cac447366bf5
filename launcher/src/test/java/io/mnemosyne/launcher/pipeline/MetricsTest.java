package io.mnemosyne.launcher.pipeline;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import io.mnemosyne.index.IndexStats;
import io.mnemosyne.index.IndexStats.Lag;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsTest {
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void shouldServeTheNumbersOfTheSink() {
        // given
        var stats = new IndexStats(11, 2, 3, 4, 5, false, 6, 1_500, 700, new Lag(8, 9_000), new Lag(10, 12_000));
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
}
