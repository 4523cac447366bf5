package io.mnemosyne.replay.measure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.mnemosyne.replay.measure.Estimate.Median;
import io.mnemosyne.replay.recording.Recording;

/**
 * Reports as Markdown. A ratio reads {@code pooled [interval]; median of the sessions [interval]}, sizes are tokens of four
 * characters, and what does not apply is a dash. A row of dashes is left out.
 */
public final class ReportTable {
    private static final String NONE = "–";
    private static final double CHARS_PER_TOKEN = 4;
    private static final double LARGE = 1000;
    private static final int MICROS = 6;
    private static final List<Row> ROWS = List.of(
            new Row("sessions scored / not in run", column -> column.sessions() + " / " + column.notInRun),
            count("steps", Count.STEPS),
            new Row("largest session's share of full-history tokens", column -> number(column.of.largestShare())),
            ratio("**1 token reduction**", Metric.TOKEN_REDUCTION),
            new Row("**2 max prompt tokens**", column -> number(column.of.maxPromptTokens())),
            new Row("2 median session peak", column -> column.of.peak().map(ReportTable::median).orElse(NONE)),
            new Row("2 steps over ceiling", column -> column.ceiling ? column.count(Count.OVER_CEILING) : NONE),
            ratio("**3 cost ratio**", Metric.COST_RATIO),
            pooled("3 sessions dearer than their full history", Metric.DEARER_SESSIONS),
            ratio("3 cost ratio with helping models", Metric.NET_COST_RATIO),
            pooled("3 sessions dearer with helping models", Metric.DEARER_SESSIONS_NET),
            new Row("3 helper calls: tokens read + written", ReportTable::helpers),
            new Row("3 helper calls: billed, in the currency of the run's prices", ReportTable::billed),
            ratio("3 cache share", Metric.CACHE_SHARE),
            new Row("4 unique evictions + withheld (of them from reads)",
                    column -> column.count(Count.EVICTIONS) + " + " + column.count(Count.WITHHELD) + " ("
                            + column.count(Count.READ_RESULTS_GONE) + ")"),
            counts("4 reads / re-reads of big results", Count.READS, Count.REREADS),
            counts("4 faults explicit / changed / other range", Count.FAULT_EXPLICIT, Count.FAULT_CHANGED,
                    Count.FAULT_OTHER_RANGE),
            ratio("**4 faults per eviction**", Metric.FAULTS_PER_EVICTION),
            ratio("4 faults per evicted read result", Metric.FAULTS_PER_READ_EVICTION),
            ratio("4 explicit faults per eviction", Metric.EXPLICIT_PER_EVICTION),
            ratio("4 faults per read", Metric.FAULTS_PER_READ),
            ratio("4 explicit faults per read", Metric.EXPLICIT_PER_READ),
            ratio("**5 action support**", Metric.SUPPORT),
            ratio("**5 long-range support**", Metric.SUPPORT_LONG),
            ratio("5 long-range support in context", Metric.SUPPORT_LONG_CTX),
            ratio("5 reply support", Metric.REPLY_SUPPORT),
            ratio("5 reply long-range support", Metric.REPLY_SUPPORT_LONG),
            ratio("5 novel entities present (leak alarm)", Metric.NOVEL_PRESENT),
            ratio("**6 uncovered event-steps**", Metric.UNCOVERED),
            new Row("6 events ever uncovered / uncovered at the end",
                    column -> column.count(Count.UNCOVERED_EVENTS) + " / " + column.count(Count.UNCOVERED_FINAL)
                            + " of " + column.count(Count.EVENTS)),
            ratio("6 claimed, not raw", Metric.CLAIMED), ratio("6 user messages verbatim", Metric.USER_RETENTION),
            ratio("6 user messages verbatim (by tokens)", Metric.USER_RETENTION_TOKENS),
            ratio("6 first user message verbatim", Metric.FIRST_USER_RETENTION),
            ratio("6 old error lines verbatim", Metric.RETENTION_ERROR_LINES),
            ratio("6 old decisions verbatim", Metric.RETENTION_DECISIONS),
            ratio("6 old numbers", Metric.RETENTION_NUMBERS), ratio("6 old paths", Metric.RETENTION_PATHS),
            ratio("**7 prefix stability**", Metric.PREFIX_STABILITY),
            ratio("8 amplification of the full history", Metric.AMPLIFICATION),
            ratio("8 tool results' share of the history", Metric.TOOL_RESULT_SHARE),
            ratio("8 tool results never referred to", Metric.STRUCTURAL_WASTE),
            ratio("8 repeated reads", Metric.REPEAT_READ_SHARE), count("problems", Count.PROBLEMS));

    private ReportTable() {
    }

    /** Reports side by side, under the names and in the order of the map. */
    public static String of(Map<String, Report> reports) {
        return table(reports.entrySet().stream().map(report -> Column.of(report.getKey(), report.getValue())).toList());
    }

    /** All sessions of a report beside those of each source. */
    public static String bySource(Report report) {
        Stream<Column> sources = report.bySource().entrySet().stream().map(source -> new Column(source.getKey(),
                source.getValue(), report.ceiling().isPresent(), notInRun(report, source.getKey())));
        return table(Stream.concat(Stream.of(Column.of(report.run(), report)), sources).toList());
    }

    /** What the tools of the recordings returned, the largest sum first. */
    public static String tools(Report report) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("tool", "results", "tokens", "share of the history", "never referred to"));
        double all = report.all().counts().get(Count.EVENT_CHARS);
        report.all().tools().entrySet().stream()
                .sorted(Comparator.comparingLong(tool -> -tool.getValue().chars())).forEach(tool -> {
                    ToolUse use = tool.getValue();
                    lines.add(List.of(tool.getKey(), whole(use.results()),
                            whole(Math.round(use.chars() / CHARS_PER_TOKEN)),
                            number(use.chars() / all),
                            use.chars() == 0 ? NONE : number((double) use.unreferencedChars() / use.chars())));
                });
        return markdown(lines);
    }

    private static long notInRun(Report report, String source) {
        return report.notInRun().stream().filter(session -> Recording.sourceOf(session).equals(source)).count();
    }

    private static String table(List<Column> columns) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(Stream.concat(Stream.of("metric"), columns.stream().map(Column::name)).toList());
        for (Row row : ROWS) {
            List<String> cells = columns.stream().map(row.cell).toList();
            if (!cells.stream().allMatch(NONE::equals)) {
                lines.add(Stream.concat(Stream.of(row.label), cells.stream()).toList());
            }
        }
        return markdown(lines);
    }

    /** The first line is the head. */
    static String markdown(List<List<String>> lines) {
        String rule = "|" + "---|".repeat(lines.getFirst().size());
        List<String> rows = new ArrayList<>(lines.stream()
                .map(cells -> cells.stream().collect(Collectors.joining(" | ", "| ", " |"))).toList());
        rows.add(1, rule);
        return String.join("\n", rows) + "\n";
    }

    private static Row count(String label, Count count) {
        return new Row(label, column -> column.count(count));
    }

    private static Row counts(String label, Count... counts) {
        return new Row(label, column -> Stream.of(counts).map(column::count).collect(Collectors.joining(" / ")));
    }

    private static Row ratio(String label, Metric metric) {
        return new Row(label, column -> {
            String pooled = pooled(column, metric);
            return column.of.metric(metric).median().map(median -> pooled + "; " + median(median)).orElse(pooled);
        });
    }

    private static Row pooled(String label, Metric metric) {
        return new Row(label, column -> pooled(column, metric));
    }

    private static String pooled(Column column, Metric metric) {
        Estimate estimate = column.of.metric(metric);
        return number(estimate.pooled())
                + estimate.pooledInterval().map(interval -> " " + interval(interval)).orElse("");
    }

    private static String helpers(Column column) {
        return column.of.counts().get(Count.HELPER_CALLS) == 0
                ? NONE
                : column.count(Count.HELPER_CALLS) + ": " + column.count(Count.HELPER_INPUT_TOKENS) + " + "
                        + column.count(Count.HELPER_OUTPUT_TOKENS);
    }

    private static String billed(Column column) {
        long micros = column.of.counts().get(Count.BILLED_MICROS);
        return micros == 0 ? NONE : BigDecimal.valueOf(micros, MICROS).stripTrailingZeros().toPlainString();
    }

    private static String median(Median median) {
        return number(median.value()) + " " + interval(median.interval());
    }

    private static String interval(Interval interval) {
        return "[" + number(interval.low()) + ", " + number(interval.high()) + "]";
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? number(number.getAsDouble()) : NONE;
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, Math.abs(number) >= LARGE ? "%,.0f" : "%.3f", number);
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private record Row(String label, Function<Column, String> cell) {
    }

    private record Column(String name, Aggregate of, boolean ceiling, long notInRun) {
        static Column of(String name, Report report) {
            return new Column(name, report.all(), report.ceiling().isPresent(), report.notInRun().size());
        }

        String sessions() {
            return whole(of.sessions());
        }

        String count(Count count) {
            return whole(of.counts().get(count));
        }
    }
}
