package io.mnemosyne.core.tokens;

import java.util.OptionalDouble;

/**
 * What a provider makes of our counts, as a line through pairs of both: {@code counted = overhead + ratio x ours}. The
 * overhead is what the provider counts and we never see, such as tool schemas. Older pairs fade, so that a line follows a
 * model that changes. Needs no clock, and the same pairs in the same order give the same bits.
 *
 * @param pairs taken in all
 * @param weight of all pairs, the newest one having 1
 * @param ours mean of our counts, tokens
 * @param counted mean of the provider's counts, tokens
 * @param squares weighted sum of the squared deviations of our counts from their mean
 * @param products weighted sum of the products of the deviations of both
 * @param intercept the overhead when our counts last differed enough to tell it from the ratio, tokens
 */
public record TokenFit(long pairs, double weight, double ours, double counted, double squares, double products,
        OptionalDouble intercept) {
    public static final TokenFit NONE = new TokenFit(0, 0, 0, 0, 0, 0, OptionalDouble.empty());
    /** Pairs from which on a line is worth acting on. */
    public static final int ENOUGH = 3;
    static final double LEAST_RATIO = 0.5;
    static final double LARGEST_RATIO = 2.5;
    /** Of the weight of a pair when another one comes: the newest ten make two thirds of it. */
    private static final double FADING = 0.9;
    /** A slope is believed when our counts deviate from their mean by this part of it, and by so many tokens. */
    private static final double SPREAD = 0.05;
    private static final double LEAST_SPREAD = 100;
    /** A count this many times larger or smaller than there is a reason for is a mistake. */
    private static final long NONSENSE = 4;

    /**
     * A line.
     *
     * @param ratio of the provider's tokens to ours, 0.5 to 2.5
     * @param overhead tokens
     */
    public record Line(double ratio, double overhead) {
        /** What the provider would count, tokens. */
        public double counted(long ours) {
            return overhead + ratio * ours;
        }
    }

    /**
     * Whether a provider can have counted this. What was seen before is no measure of it: a system prompt may grow a
     * hundredfold, and a line that has gone astray must find back.
     *
     * @param maxOverhead tokens that may come on top of ours
     */
    public static boolean isPlausible(long ours, long counted, long maxOverhead) {
        return ours > 0 && counted > 0 && counted >= ours / NONSENSE && counted <= ours * NONSENSE + maxOverhead;
    }

    /** With one more pair, which is {@link #isPlausible plausible}. */
    public TokenFit and(long newOurs, long newCounted) {
        double faded = weight * FADING;
        double nextWeight = faded + 1;
        double fromOurs = newOurs - ours;
        double fromCounted = newCounted - counted;
        double nextOurs = ours + fromOurs / nextWeight;
        double nextCounted = counted + fromCounted / nextWeight;
        double nextSquares = squares * FADING + fromOurs * (newOurs - nextOurs);
        double nextProducts = products * FADING + fromOurs * (newCounted - nextCounted);
        double spread = Math.sqrt(nextSquares / nextWeight);
        boolean tells = pairs + 1 >= ENOUGH && spread >= Math.max(LEAST_SPREAD, SPREAD * nextOurs);
        return new TokenFit(pairs + 1, nextWeight, nextOurs, nextCounted, nextSquares, nextProducts, tells
                ? OptionalDouble.of(nextCounted - clamped(nextProducts / nextSquares) * nextOurs)
                : intercept);
    }

    /**
     * The line through the mean of the pairs. As long as the pairs do not tell overhead and ratio apart, all is ratio but
     * for what no ratio explains. Without a pair, our counts are the provider's.
     *
     * @param maxOverhead the largest that is believed, tokens
     */
    public Line line(long maxOverhead) {
        if (pairs == 0) {
            return new Line(1, 0);
        }
        double told = Math.clamp(intercept.orElse(0), 0.0, (double) maxOverhead);
        double ratio = clamped((counted - told) / ours);
        return new Line(ratio, Math.clamp(counted - ratio * ours, 0.0, (double) maxOverhead));
    }

    /**
     * The most of our tokens of which the provider counts no more than so many. Where the pairs leave open whether it was
     * the overhead or the ratio that made them large, the answer is the smaller one of both.
     *
     * @param tokens as the provider counts them
     * @param maxOverhead the largest that is believed, tokens
     * @return 0 at least
     */
    public long ours(long tokens, long maxOverhead) {
        Line line = line(maxOverhead);
        double most = (tokens - line.overhead()) / line.ratio();
        boolean open = intercept.isEmpty() && pairs > 0;
        return (long) Math.max(0, open ? Math.min(most, ours + tokens - counted) : most);
    }

    private static double clamped(double ratio) {
        return Math.clamp(ratio, LEAST_RATIO, LARGEST_RATIO);
    }
}
