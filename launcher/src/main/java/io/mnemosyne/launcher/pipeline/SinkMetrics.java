package io.mnemosyne.launcher.pipeline;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.mnemosyne.index.IndexStats;

/** The numbers of the index sink. */
record SinkMetrics(Supplier<IndexStats> stats) implements MeterBinder {
    private static final String PREFIX = "mnemosyne.index.";

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "indexed", "changes", "Changes that the index took: texts, vectors, marks and removals",
                IndexStats::indexed);
        count(registry, "retried", "changes", "Changes that had to be sent again", IndexStats::retried);
        count(registry, "dead.lettered", "records", "Records given up and reported to index.dead-letters",
                IndexStats::deadLettered);
        count(registry, "embedded", "vectors", "Vectors computed and written to the topic vectors",
                IndexStats::embedded);
        count(registry, "restarted", "loops", "Loops of the sink that had to start over after an error",
                IndexStats::restarts);
        FunctionTimer.builder(PREFIX + "bulk", this, _ -> stats.get().bulks(), _ -> stats.get().bulkMillis(),
                TimeUnit.MILLISECONDS).description("Bulk requests that the index answered").register(registry);
        time("bulk.slowest", "How long the slowest bulk request since the start took",
                IndexStats::slowestBulkMillis).register(registry);
        Gauge.builder(PREFIX + "reachable", () -> stats.get().reachable() ? 1 : 0)
                .description("1 while OpenSearch takes documents, 0 while it does not").register(registry);
        lag(registry, "texts", IndexStats::texts);
        lag(registry, "vectors", IndexStats::vectors);
        lag(registry, "rebuild", IndexStats::rebuild);
    }

    private void count(MeterRegistry registry, String name, String unit, String description,
            ToDoubleFunction<IndexStats> value) {
        // The function holds on to the stats; what is given beside it is held by a weak reference only.
        FunctionCounter.builder(PREFIX + name, this, _ -> value.applyAsDouble(stats.get())).baseUnit(unit)
                .description(description).register(registry);
    }

    private TimeGauge.Builder<?> time(String name, String description, ToDoubleFunction<IndexStats> millis) {
        return TimeGauge.builder(PREFIX + name, () -> millis.applyAsDouble(stats.get()), TimeUnit.MILLISECONDS)
                .description(description);
    }

    private void lag(MeterRegistry registry, String of, Function<IndexStats, IndexStats.Lag> lag) {
        Gauge.builder(PREFIX + "lag", () -> lag.apply(stats.get()).documents()).tag("of", of).baseUnit("records")
                .description(
                        "Records that are not indexed or embedded yet, or that an index being built lacks, at most")
                .register(registry);
        time("lag.age", "Age of the oldest record that was read and still waits",
                all -> lag.apply(all).ageMillis()).tag("of", of).register(registry);
    }
}
