package io.mnemosyne.launcher.pipeline;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.mnemosyne.trace.send.SenderStats;

/** The numbers of a sender of traces. */
record TraceMetrics(String backend, Supplier<SenderStats> stats) implements MeterBinder {
    private static final String PREFIX = "mnemosyne.trace.";

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "sent", "spans", "Spans handed over, with those that carry parts of fields",
                SenderStats::spans);
        count(registry, "requests", "requests", "Requests that handed over spans", SenderStats::requests);
        count(registry, "sent.size", "bytes", "Size of these requests before they were compressed",
                SenderStats::bytes);
        count(registry, "uploads", "fields", "Fields and images that were uploaded", SenderStats::uploads);
        count(registry, "parts", "parts", "Parts of fields that could not be uploaded", SenderStats::parts);
        count(registry, "dead.lettered", "records", "Records given up and reported to trace.dead-letters",
                SenderStats::deadLettered);
        count(registry, "rejected", "spans", "Spans that the backend took out of requests and did not name",
                SenderStats::rejected);
        count(registry, "retried", "requests", "Requests that were sent again", SenderStats::retried);
        gauge(registry, "waiting", "bytes", "Records that were read and not handed over yet", SenderStats::waiting);
        gauge(registry, "concurrency", "requests", "Requests that may be under way at once",
                SenderStats::concurrency);
        gauge(registry, "denied", "", "1 while the backend does not know the keys or the path",
                all -> all.state() == SenderStats.State.DENIED ? 1 : 0);
        gauge(registry, "reachable", "", "1 while the backend takes spans, 0 while it does not",
                all -> all.state() == SenderStats.State.AWAY || all.state() == SenderStats.State.DENIED ? 0 : 1);
    }

    private void count(MeterRegistry registry, String name, String unit, String description,
            ToDoubleFunction<SenderStats> value) {
        // The function holds on to the stats; what is given beside it is held by a weak reference only.
        FunctionCounter.builder(PREFIX + name, this, _ -> value.applyAsDouble(stats.get())).tag("backend", backend)
                .baseUnit(unit).description(description).register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String unit, String description,
            ToDoubleFunction<SenderStats> value) {
        Gauge.builder(PREFIX + name, () -> value.applyAsDouble(stats.get())).tag("backend", backend)
                .baseUnit(unit.isEmpty() ? null : unit).description(description).register(registry);
    }
}
