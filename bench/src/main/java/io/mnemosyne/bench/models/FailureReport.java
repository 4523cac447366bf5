package io.mnemosyne.bench.models;

import java.util.Locale;

import io.mnemosyne.bench.Durations;

/**
 * What one way of failing did to a conversation.
 *
 * @param calls that reached the provider
 * @param took from asking to the answer
 * @param reads of the context meanwhile
 * @param largestView tokens
 * @param overBudget contexts above their budget
 * @param refused contexts that were not given
 */
record FailureReport(String trouble, String wire, Outcomes outcomes, long calls, Durations took, Durations reads,
        long largestView, long overBudget, long refused) {
    static final String HEADER = """
                                 | what the model did | wire | requests | calls | answered by model / extractor | failed | asked to answered, s: p50 / longest | tokens billed | largest view | over budget | GET context, ms: p50 / p99 |
                                 |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
                                 """;
    private static final double MILLIS = 1e3;

    String row() {
        return String.format(Locale.ROOT,
                "| %s | %s | %d | %d | %d / %d | %d | %.1f / %.1f | %,d | %,d | %d | %.1f / %.1f |", trouble, wire,
                outcomes.total(), calls, outcomes.model(), outcomes.extractor(), outcomes.failed() + outcomes.open(),
                took.p50() / MILLIS, took.longest() / MILLIS, outcomes.tokens(), largestView, overBudget + refused,
                reads.p50(), reads.p99());
    }

    /** Whether memory was made and no context was harmed. */
    boolean isHarmless() {
        return outcomes.failed() + outcomes.open() == 0 && overBudget + refused == 0;
    }
}
