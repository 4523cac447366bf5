package io.mnemosyne.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report as a table in Markdown, a column per mark. */
final class LongThreadTable {
    private LongThreadTable() {
    }

    static String of(LongThreadReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(row(report, "", mark -> String.format(Locale.ROOT, "%.0f %%", mark.percent())));
        lines.add("|---" + "|---:".repeat(report.marks().size()) + "|");
        lines.add(row(report, "tokens of the thread", mark -> String.format(Locale.ROOT, "%,d", mark.tokens())));
        lines.add(row(report, "turns", mark -> String.format(Locale.ROOT, "%,d", mark.turns())));
        lines.add(row(report, "tokens in view", mark -> String.format(Locale.ROOT, "%,d", mark.view())));
        lines.add(row(report, "context: p50 / p99 / longest, ms of CPU", mark -> spread(mark.contexts())));
        lines.add(row(report, "turn taken in: p50 / p99 / longest, ms of CPU", mark -> spread(mark.turnsTaken())));
        lines.add(row(report, "bytes of state", mark -> String.format(Locale.ROOT, "%,d", mark.bytes().total())));
        lines.add(row(report, "of it ingest / observer + chunks", mark -> String.format(Locale.ROOT, "%,d / %,d + %,d",
                mark.bytes().ingest(), mark.bytes().observer(), mark.bytes().chunks())));
        lines.add(row(report, "reflector + project / view", mark -> String.format(Locale.ROOT, "%,d + %,d / %,d",
                mark.bytes().reflector(), mark.bytes().project(), mark.bytes().view())));
        lines.add(row(report, "rows: turns / known to ingest",
                mark -> String.format(Locale.ROOT, "%,d / %,d", mark.rows().turns(),
                        mark.rows().known())));
        lines.add(row(report, "rows: renditions / segments / shown / states",
                mark -> String.format(Locale.ROOT, "%d / %d / %d / %d",
                        mark.rows().renditions(), mark.rows().segments(), mark.rows().shown(), mark.rows().states())));
        lines.add(row(report, "live segments / their tokens",
                mark -> String.format(Locale.ROOT, "%d / %,d", mark.segments(),
                        mark.segmentTokens())));
        lines.add(row(report, "observations / epochs",
                mark -> String.format(Locale.ROOT, "%,d / %,d", mark.observations(),
                        mark.epochs())));
        lines.add(row(report, "reflections", mark -> String.format(Locale.ROOT, "%,d", mark.allReflections())));
        lines.add(row(report, "tokens rewritten per token",
                mark -> String.format(Locale.ROOT, "%.3f", mark.rewrittenPerToken())));
        return String.join("\n", lines) + "\n\n" + summary(report);
    }

    private static String summary(LongThreadReport report) {
        return String.format(Locale.ROOT,
                """
                Largest view at any step: %,d tokens of %,d; steps over the ceiling: %d; steps at which the budget could not \
                hold what is never cut: %d.
                A context in the last tenth takes %.2f times as long as in the first (p50 %.1f and %.1f ms of CPU). %.0f s in all.
                """,
                report.largestView(), report.budget(), report.overCeiling(), report.refused(),
                report.ratioOfMedians(), report.lastTenth().p50(), report.firstTenth().p50(), report.seconds());
    }

    private static String row(LongThreadReport report, String name,
            Function<LongThreadReport.Mark, String> value) {
        return "| " + name + " | " + report.marks().stream().map(value).collect(Collectors.joining(" | ")) + " |";
    }

    private static String spread(Durations durations) {
        return String.format(Locale.ROOT, "%.1f / %.1f / %.0f", durations.p50(), durations.p99(), durations.longest());
    }
}
