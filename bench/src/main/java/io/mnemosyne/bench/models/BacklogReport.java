package io.mnemosyne.bench.models;

import java.util.Locale;

import io.mnemosyne.bench.Durations;

/**
 * How a backlog was worked off.
 *
 * @param calls that reached the provider
 * @param refused of those, by its rate limit
 * @param seconds until the last answer
 * @param idealSeconds that the requests answered by the model take at the provider's rate
 * @param urgent from asking to answer
 * @param normal from asking to answer
 * @param tokenBudget of the tenant for the day; 0 if there is none
 * @param largestCall tokens of the dearest call
 * @param inFlight calls at once
 */
record BacklogReport(Outcomes outcomes, long calls, long refused, double seconds, double idealSeconds,
        Durations urgent, Durations normal, long repeatedAnswers, long tokenBudget, long largestCall, int inFlight) {
    private static final double MILLIS = 1e3;

    double callsPerRequest() {
        return outcomes.model() == 0 ? Double.NaN : (double) calls / outcomes.model();
    }

    long overspent() {
        return tokenBudget == 0 ? 0 : Math.max(0, outcomes.tokens() - tokenBudget);
    }

    String table() {
        StringBuilder table = new StringBuilder("| | |\n|---|---:|\n");
        row(table, "requests", String.format(Locale.ROOT, "%,d", outcomes.total()));
        row(table, "answered by the model / the extractor",
                String.format(Locale.ROOT, "%,d / %,d", outcomes.model(), outcomes.extractor()));
        row(table, "expired / failed / open",
                String.format(Locale.ROOT, "%,d / %,d / %,d", outcomes.expired(), outcomes.failed(), outcomes.open()));
        row(table, "calls made / of them refused with 429", String.format(Locale.ROOT, "%,d / %,d", calls, refused));
        row(table, "calls per request that the model answered", String.format(Locale.ROOT, "%.3f", callsPerRequest()));
        row(table, "time to work it off / at the provider's rate, s",
                String.format(Locale.ROOT, "%.0f / %.0f", seconds, idealSeconds));
        row(table, "urgent, asked to answered: p50 / longest, s",
                String.format(Locale.ROOT, "%.1f / %.1f", urgent.p50() / MILLIS, urgent.longest() / MILLIS));
        row(table, "others, asked to answered: p50 / longest, s",
                String.format(Locale.ROOT, "%.1f / %.1f", normal.p50() / MILLIS, normal.longest() / MILLIS));
        row(table, "answers that came twice", String.format(Locale.ROOT, "%,d", repeatedAnswers));
        if (tokenBudget > 0) {
            row(table, "tokens billed / budget / overspent",
                    String.format(Locale.ROOT, "%,d / %,d / %,d", outcomes.tokens(), tokenBudget, overspent()));
            row(table, "largest call times calls in flight", String.format(Locale.ROOT, "%,d", largestCall * inFlight));
        } else {
            row(table, "tokens billed", String.format(Locale.ROOT, "%,d", outcomes.tokens()));
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String name, String value) {
        table.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }
}
