package io.mnemosyne.core.cost;

import io.mnemosyne.core.Policy.CachePrices;

/**
 * What a rewrite of a cached prompt costs, and what it costs to leave it as it is, in input tokens.
 *
 * <p>
 * After a rewrite, the part behind the first changed byte is written to the cache once instead of being read. Without it,
 * every call reads what the new prompt would leave out. Nobody knows how many calls are left, so they are taken to be as
 * many as were made since the rewrite has been possible: it is made when its price has been paid as rent. Whoever rents
 * until then pays at most twice what a prophet would, and no rule without foresight does better (ski rental; Karlin,
 * Manasse, Rudolph, Sleator 1988).
 */
public record CostRule(CachePrices prices) {

    /** What was read without need: tokens times calls. */
    public double rent(long tokenCalls) {
        return tokenCalls * prices.read();
    }

    /** What it costs to write tokens to the cache instead of reading them. */
    public double rewriting(long tokens) {
        return (prices.write() - prices.read()) * tokens;
    }

    /**
     * What it costs to need tokens that are not there: one more call to have them back.
     *
     * @param view tokens of the prompt that is read once more
     */
    public double fault(long view, long tokens) {
        return prices.read() * view + prices.write() * tokens;
    }
}
