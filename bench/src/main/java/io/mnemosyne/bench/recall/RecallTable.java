package io.mnemosyne.bench.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import io.mnemosyne.index.search.Places;

/** What {@code bench recall} prints: for every way to search, how many of the questions it answers, in percent. */
final class RecallTable {
    private static final List<Way> WAYS = Way.all(Places.Weights.STANDARD);

    private RecallTable() {
    }

    /**
     * A question and what each way found.
     *
     * @param hits in the order of the ways
     */
    record Row(Question question, List<Hits> hits) {
        Row {
            hits = List.copyOf(hits);
        }

        static Row of(Question question, Places places) {
            return new Row(question,
                    WAYS.stream().map(way -> Hits.of(question, way.ranked().apply(places))).toList());
        }
    }

    static String of(String name, List<Row> rows, Predicate<Question> part) {
        List<Row> asked = rows.stream().filter(row -> part.test(row.question())).toList();
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT,
                """

                                                                            in 2,000 tokens of
                %-26s     @1     @5    @10    passages   texts   name shown
                """, name + " (" + asked.size() + ")"));
        for (int way = 0; way < WAYS.size(); way++) {
            List<Hits> hits = new ArrayList<>();
            for (Row row : asked) {
                hits.add(row.hits().get(way));
            }
            table.append(
                    String.format(Locale.ROOT, "%-26s %6.1f %6.1f %6.1f %11.1f %7.1f %12.1f%n", WAYS.get(way).name(),
                            percent(hits, hit -> hit.within(1)), percent(hits, hit -> hit.within(5)),
                            percent(hits, hit -> hit.within(10)), percent(hits, Hits::inPassages),
                            percent(hits, Hits::inFull), percent(hits, Hits::shown)));
        }
        return table.toString();
    }

    private static double percent(List<Hits> hits, Predicate<Hits> hit) {
        return hits.isEmpty() ? 0 : 100.0 * hits.stream().filter(hit).count() / hits.size();
    }
}
