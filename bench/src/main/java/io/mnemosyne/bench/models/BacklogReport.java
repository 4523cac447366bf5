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
 * @param tokensPerCall that were billed, on average
 * @param inFlight calls at once
 */
record BacklogReport(Outcomes outcomes, long calls, long refused, double seconds, double idealSeconds,
        Durations urgent, Durations normal, long repeatedAnswers, long tokenBudget, long tokensPerCall, int inFlight) {
    private static final double MILLIS = 1e3;

    double callsPerRequest() {
        return outcomes.model() == 0 ? Double.NaN : (double) calls / outcomes.model();
    }

    long overspent() {
        return tokenBudget == 0 ? 0 : Math.max(0, outcomes.tokens() - tokenBudget);
    }

    String table() {
        return String.format(Locale.ROOT, """
                                          | | |
                                          |---|---:|
                                          | requests | %,d |
                                          | answered by the model / the extractor | %,d / %,d |
                                          | expired / failed / open | %,d / %,d / %,d |
                                          | calls made / of them refused with 429 | %,d / %,d |
                                          | calls per request that the model answered | %.3f |
                                          | time to work it off / at the provider's rate, s | %.0f / %.0f |
                                          | urgent, asked to answered: p50 / longest, s | %.1f / %.1f |
                                          | others, asked to answered: p50 / longest, s | %.1f / %.1f |
                                          | answers that came twice | %,d |
                                          | tokens billed | %,d |
                                          """, outcomes.total(), outcomes.model(), outcomes.extractor(),
                outcomes.expired(), outcomes.failed(), outcomes.open(), calls, refused, callsPerRequest(), seconds,
                idealSeconds, urgent.p50() / MILLIS, urgent.longest() / MILLIS, normal.p50() / MILLIS,
                normal.longest() / MILLIS, repeatedAnswers, outcomes.tokens()) + budgetRows();
    }

    private String budgetRows() {
        return tokenBudget == 0
                ? ""
                : String.format(Locale.ROOT, """
                                             | budget / overspent | %,d / %,d |
                                             | tokens of a call times calls in flight | %,d |
                                             """, tokenBudget, overspent(), tokensPerCall * inFlight);
    }
}
