package io.mnemosyne.replay.loss;

import java.util.List;
import java.util.Locale;

import io.mnemosyne.core.fidelity.Fidelity;

/**
 * What shorter forms lack, and whether they say so.
 *
 * @param candidates objects of the sessions that are large enough
 * @param objects of them that were measured
 * @param rows one for each fidelity
 */
public record LossReport(int candidates, int objects, List<Row> rows) {
    private static final double PERCENT = 100;

    public LossReport {
        rows = List.copyOf(rows);
    }

    /**
     * One fidelity. Entities are those that an object has and its session uses later.
     *
     * @param present entities that the form still tells
     * @param absent entities that it does not
     * @param exact absent ones that it declares to the letter
     * @param family absent ones that begin as it says, as {@code test_* (12)}
     * @param range absent ones between two names or numbers that it says, as {@code 120–340 (17)}
     * @param inside absent ones that are a part of a longer name for which one of the latter two is true
     * @param names declared to the letter in all
     * @param untrue those of them that the object does not have, or the form tells
     * @param pooled tokens of the forms / tokens of the objects
     * @param mean of that, object by object
     * @param median of that, object by object
     */
    public record Row(Fidelity fidelity, long present, long absent, long exact, long family, long range, long inside,
            long names, long untrue, double pooled, double mean, double median) {

        /** Share of the absent ones that are declared to the letter or by how they begin, 0 to 1; 1 if nothing is absent. */
        public double named() {
            return share(exact + family);
        }

        /** The same with those that are in a range or inside of a name, which says less the larger the range is. */
        public double included() {
            return share(exact + family + range + inside);
        }

        private double share(long part) {
            return absent == 0 ? 1 : (double) part / absent;
        }
    }

    /** The report as a table in Markdown. */
    public String table() {
        StringBuilder table = new StringBuilder(
                """
                | | still told | absent | named | to the letter | by how it begins | in a range | inside of such a name | all | \
                untrue | tokens: pooled / mean / median |
                |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
                """);
        rows.forEach(row -> table.append(String.format(Locale.ROOT,
                "| L%d | %,d | %,d | %.1f %% | %.1f %% | %.1f %% | %.1f %% | %.1f %% | %.1f %% | %d of %,d "
                        + "| %.1f / %.1f / %.1f %% |%n",
                row.fidelity().level(), row.present(), row.absent(), PERCENT * row.named(),
                percent(row.exact(), row), percent(row.family(), row), percent(row.range(), row),
                percent(row.inside(), row), PERCENT * row.included(), row.untrue(), row.names(),
                PERCENT * row.pooled(), PERCENT * row.mean(), PERCENT * row.median())));
        return table.toString();
    }

    private static double percent(long part, Row row) {
        return row.absent() == 0 ? 0 : PERCENT * part / row.absent();
    }
}
