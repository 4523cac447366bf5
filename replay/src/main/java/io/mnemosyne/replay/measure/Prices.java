package io.mnemosyne.replay.measure;

import io.mnemosyne.core.Policy.CachePrices;

/**
 * What calls cost, in units of one uncached input token of the agent's model. The cache has no expiry, no smallest size and
 * no breakpoints: a prompt's cached part is what it has in common with the prompt before it.
 */
final class Prices {
    private static final CachePrices CACHE = CachePrices.DEFAULT;
    /** Price of a token that a helping model reads. It is assumed to cost what the agent's model costs, and to cache nothing. */
    private static final double HELPER_INPUT = 1.0;
    /** Price of a token that a helping model writes: the usual ratio of output to input among the large providers. */
    private static final double HELPER_OUTPUT = 5.0;
    private static final double CHARS_PER_TOKEN = 4;

    private Prices() {
    }

    /** What the prompts cost. */
    static double prompts(Counts counts) {
        return cost(counts.get(Count.PROMPT_CHARS), counts.get(Count.CACHED_CHARS));
    }

    /** What the full history would have cost. */
    static double fullHistory(Counts counts) {
        return cost(counts.get(Count.FULL_CHARS), counts.get(Count.FULL_CACHED_CHARS));
    }

    /** What the helping models cost. */
    static double helpers(Counts counts) {
        return HELPER_INPUT * counts.get(Count.BILLED_INPUT_TOKENS)
                + HELPER_OUTPUT * counts.get(Count.BILLED_OUTPUT_TOKENS);
    }

    /** What prompts and helping models cost together. */
    static double net(Counts counts) {
        return prompts(counts) + helpers(counts);
    }

    private static double cost(long chars, long cached) {
        return (CACHE.read() * cached + CACHE.write() * (chars - cached)) / CHARS_PER_TOKEN;
    }
}
