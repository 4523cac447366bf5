package io.mnemosyne.core.cost;

import io.mnemosyne.core.Policy.CachePrices;

/**
 * Says whether rewriting a cached prompt pays.
 *
 * <p>
 * A prompt of {@code before} cached tokens costs {@code read x before} in every call. After a rewrite to {@code after}
 * tokens, the part behind the first changed byte is written to the cache once instead of being read, and every call
 * reads {@code before - after} tokens less. So a rewrite pays when
 * {@code saved x read x callsLeft > (write - read) x rewritten}.
 *
 * @param callsLeft calls that the thread is expected to make before its next rewrite, at least 1
 */
public record CostRule(CachePrices prices, long callsLeft) {
    /**
     * The assumption where nothing better is known. Coding agents make a call per tool result, and a stretch of 24,000
     * tokens (one activation) takes them 30 to 60 calls; the lower end errs on the side of leaving the cache alone.
     */
    public static final long DEFAULT_CALLS_LEFT = 30;

    public static CostRule of(CachePrices prices) {
        return new CostRule(prices, DEFAULT_CALLS_LEFT);
    }

    /**
     * Whether a rewrite is worth its price.
     *
     * @param saved tokens by which the prompt gets shorter; negative if it gets longer
     * @param rewritten tokens of the new prompt behind the first change
     */
    public boolean pays(long saved, long rewritten) {
        return saved * prices.read() * callsLeft > (prices.write() - prices.read()) * rewritten;
    }
}
