package io.mnemosyne.launcher.telemetry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;

/**
 * The numbers that {@code /metrics} serves, read once for each sending: there is one registry, so that nothing is counted
 * twice or in two ways. Of Kafka's own some thousand numbers only those that say how far behind and how large it is.
 */
final class ScrapedMetrics implements MetricProducer {
    private static final List<String> SENT = List.of("mnemosyne_", "jvm_memory_used", "process_cpu_usage",
            "kafka_consumer_fetch_manager_records_lag_max", "kafka_consumer_fetch_manager_records_consumed_total",
            "kafka_stream_state_total_sst_files_size", "kafka_stream_state_estimate_num_keys",
            "kafka_stream_thread_process_total", "kafka_stream_ingest_", "kafka_stream_observer_",
            "kafka_stream_reflector_", "kafka_stream_context_");
    private static final String TOTAL = "_total";

    private final PrometheusRegistry registry;
    private final long startNanos;

    /** @param startMillis since when it counts */
    ScrapedMetrics(PrometheusRegistry registry, long startMillis) {
        this.registry = registry;
        this.startNanos = TimeUnit.MILLISECONDS.toNanos(startMillis);
    }

    @Override
    public Collection<MetricData> produce(Resource resource) {
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        List<MetricData> metrics = new ArrayList<>();
        for (MetricSnapshot snapshot : registry.scrape(ScrapedMetrics::isSent)) {
            switch (snapshot) {
                case CounterSnapshot counter -> metrics.add(sum(resource, counter, TOTAL,
                        points(counter.getDataPoints(), CounterSnapshot.CounterDataPointSnapshot::getValue, now)));
                case GaugeSnapshot gauge -> metrics.add(gauge(resource, gauge,
                        points(gauge.getDataPoints(), GaugeSnapshot.GaugeDataPointSnapshot::getValue, now)));
                case SummarySnapshot summary -> {
                    metrics.add(sum(resource, summary, "_count",
                            points(summary.getDataPoints(), point -> (double) point.getCount(), now)));
                    metrics.add(sum(resource, summary, "_sum",
                            points(summary.getDataPoints(), SummarySnapshot.SummaryDataPointSnapshot::getSum, now)));
                }
                default -> {
                    // Nothing of ours is a histogram, an info or a set of states.
                }
            }
        }
        return metrics;
    }

    private static boolean isSent(String name) {
        return SENT.stream().anyMatch(prefix -> name.startsWith(prefix) || prefix.equals(name + TOTAL));
    }

    private static MetricData sum(Resource resource, MetricSnapshot of, String ending, List<DoublePointData> points) {
        return new ScrapedMetric(resource, of.getMetadata().getPrometheusName() + ending, help(of),
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, points));
    }

    private static MetricData gauge(Resource resource, MetricSnapshot of, List<DoublePointData> points) {
        return new ScrapedMetric(resource, of.getMetadata().getPrometheusName(), help(of),
                MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(points));
    }

    private static String help(MetricSnapshot of) {
        String help = of.getMetadata().getHelp();
        return help == null ? "" : help;
    }

    /** A number that is not known now, as Kafka's are before something happened, is left out. */
    private <T extends DataPointSnapshot> List<DoublePointData> points(List<T> all, ToDoubleFunction<T> value,
            long now) {
        return all.stream().filter(point -> Double.isFinite(value.applyAsDouble(point)))
                .map(point -> DoublePointData.create(startNanos, now, attributes(point), value.applyAsDouble(point),
                        List.of()))
                .toList();
    }

    private static Attributes attributes(DataPointSnapshot point) {
        AttributesBuilder attributes = Attributes.builder();
        for (Label label : point.getLabels()) {
            attributes.put(label.getName(), label.getValue());
        }
        return attributes.build();
    }
}
