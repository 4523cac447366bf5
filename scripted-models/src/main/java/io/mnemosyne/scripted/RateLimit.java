package io.mnemosyne.scripted;

/**
 * How many answers the server gives; the rest are 429.
 *
 * @param perSecond more than 0
 * @param burst at once after a pause, at least 1
 */
public record RateLimit(double perSecond, int burst) {
    public RateLimit {
        if (perSecond <= 0 || burst < 1) {
            throw new IllegalArgumentException(
                    "a rate limit needs more than 0 answers per second and a burst of at least 1");
        }
    }
}
