package io.mnemosyne.replay.measure;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

import io.mnemosyne.replay.measure.Estimate.Median;

/**
 * Several sessions put together.
 *
 * @param sessions how many
 * @param counts their sums; the largest prompt is the largest of all
 * @param metrics every one of them
 * @param peak median of the sessions' largest prompts, tokens of four characters; empty if no session has a prompt
 * @param largestShare what part of all full histories the largest session is; empty if there are none
 * @param tools the sizes of tool results by tool
 * @param helpers what helping models used, by stage
 */
public record Aggregate(int sessions, Counts counts, Map<Metric, Estimate> metrics, Optional<Median> peak,
        OptionalDouble largestShare, Map<String, ToolUse> tools, Map<String, HelperUse> helpers) {
    private static final double CHARS_PER_TOKEN = 4;

    public Aggregate {
        metrics = Collections.unmodifiableMap(metrics);
        tools = Collections.unmodifiableMap(tools);
        helpers = Collections.unmodifiableMap(helpers);
    }

    static Aggregate of(List<SessionReport> sessions) {
        List<Counts> each = sessions.stream().map(SessionReport::counts).toList();
        Counts total = Counts.total(each);
        Map<Metric, Estimate> metrics = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            metrics.put(metric, estimate(metric, each, total));
        }
        double[] peaks = each.stream().filter(counts -> counts.get(Count.STEPS) > 0)
                .mapToDouble(counts -> counts.get(Count.MAX_CHARS) / CHARS_PER_TOKEN).toArray();
        long full = total.get(Count.FULL_CHARS);
        long largest = each.stream().mapToLong(counts -> counts.get(Count.FULL_CHARS)).max().orElse(0);
        Map<String, ToolUse> tools = new TreeMap<>();
        Map<String, HelperUse> helpers = new TreeMap<>();
        for (SessionReport session : sessions) {
            session.tools().forEach((tool, use) -> tools.merge(tool, use, ToolUse::plus));
            session.helpers().forEach((stage, use) -> helpers.merge(stage, use, HelperUse::plus));
        }
        return new Aggregate(sessions.size(), total, metrics, Bootstrap.median(peaks),
                full == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) largest / full), tools, helpers);
    }

    /** The largest prompt, tokens of four characters. */
    public double maxPromptTokens() {
        return counts.get(Count.MAX_CHARS) / CHARS_PER_TOKEN;
    }

    /** One of the metrics. */
    public Estimate metric(Metric metric) {
        return metrics.getOrDefault(metric,
                new Estimate(OptionalDouble.empty(), Optional.empty(), Optional.empty()));
    }

    private static Estimate estimate(Metric metric, List<Counts> sessions, Counts total) {
        double[] numerators = sessions.stream().mapToDouble(metric::numerator).toArray();
        double[] denominators = sessions.stream().mapToDouble(metric::denominator).toArray();
        double[] ratios = sessions.stream().map(metric::of).filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble).toArray();
        return new Estimate(metric.of(total), Bootstrap.ratio(numerators, denominators), Bootstrap.median(ratios));
    }
}
