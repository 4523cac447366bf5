package io.mnemosyne.launcher.pipeline;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/**
 * What the worker counts, by the names that it gives. A collector rather than meters, because a name is known only when
 * it was counted for the first time.
 *
 * @param counts of the worker and of its models, without a name in common
 */
record WorkerMetrics(List<Supplier<Map<String, Long>>> counts) implements Collector {
    @Override
    public CounterSnapshot collect() {
        CounterSnapshot.Builder events = CounterSnapshot.builder().name("mnemosyne_worker_events")
                .help("How often what happened to the worker's calls, requests and results");
        counts.forEach(some -> some.get().forEach((name, count) -> events.dataPoint(
                CounterDataPointSnapshot.builder().labels(Labels.of("event", name)).value(count).build())));
        return events.build();
    }
}
