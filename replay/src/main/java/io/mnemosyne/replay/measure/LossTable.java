package io.mnemosyne.replay.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import io.mnemosyne.replay.fact.FactKind;

/** The facts that a run's prompts lack most often, as Markdown: which kinds go missing, and what they look like. */
public final class LossTable {
    private LossTable() {
    }

    /**
     * A line per kind that says what share is lost, and below it examples, those that are lost at most steps first.
     *
     * @param most examples of a kind, up to {@link LostFact#KEPT}
     */
    public static String of(Report report, int most) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("fact", "session", "event", "lost / asked steps", "share lost"));
        for (FactKind kind : FactKind.values()) {
            FactCounts counts = FactCounts.of(kind);
            long asked = report.all().counts().get(counts.asked());
            if (asked > 0) {
                lines.add(line("**" + kind.plural() + "**", "", "",
                        asked - report.all().counts().get(counts.kept()), asked));
                report.sessions().stream().flatMap(session -> session.lost().stream()
                        .filter(fact -> fact.kind() == kind).map(fact -> new Example(session.session(), fact)))
                        .sorted(Comparator.comparingInt(example -> -example.fact.lost())).limit(most)
                        .forEach(example -> lines.add(example.line()));
            }
        }
        return ReportTable.markdown(lines);
    }

    private static List<String> line(String what, String session, String event, long lost, long asked) {
        return List.of(what, session, event, String.format(Locale.ROOT, "%,d / %,d", lost, asked),
                String.format(Locale.ROOT, "%.3f", (double) lost / asked));
    }

    private record Example(String session, LostFact fact) {
        List<String> line() {
            return LossTable.line(fact.text().replace("|", "\\|"), session, String.valueOf(fact.event()), fact.lost(),
                    fact.asked());
        }
    }
}
