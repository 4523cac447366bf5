package io.mnemosyne.inference.guards;

import java.time.Duration;

/**
 * Learns how fast an endpoint lets calls start: additive in what it gives back, multiplicative in what it takes, as for
 * packets. Pure; times are nanoseconds of one clock that starts at 0.
 *
 * <p>It measures what starts the endpoint let through since it last said no, in the time in which they were held back by
 * pause and spacing; time in which nobody wanted to call says nothing about the endpoint.
 */
final class Pace {
    /** After a no, calls that have waited must not rush out together, even if nothing was learned yet. */
    static final long LEAST_SPACING = Duration.ofMillis(100).toNanos();
    /** An endpoint that is slower says each time how long it wants to be left alone; what is learned outlasts that by minutes. */
    static final long MOST_SPACING = Duration.ofSeconds(2).toNanos();
    private static final long GONE = Duration.ofMillis(5).toNanos();
    private static final long MOST_PAUSE = Duration.ofDays(1).toNanos();
    private static final double SLOWER = 1.2;
    private static final double FASTER = 0.98;
    /** When the endpoint let nothing through, there is nothing to measure. */
    private static final double MUCH_SLOWER = 2;

    private boolean everLimited;
    private long limitedAt;
    private long pausedUntil;
    private long spacing;
    private long lastStart;
    /** Up to where the time since the last no was measured. */
    private long mark;
    private long measured;
    private long starts;

    /** When the next call may start; in the past if at once. */
    long next() {
        return Math.max(pausedUntil, lastStart + spacing);
    }

    /** Nanoseconds from one start to the next. */
    long spacing() {
        return spacing;
    }

    /** Makes the pace a little faster: a start counts as let through until a no comes, because answers take long. */
    void started(long now) {
        measured += Math.max(0, Math.min(now, next()) - mark);
        mark = now;
        lastStart = now;
        starts++;
        long faster = Math.round(spacing * FASTER);
        spacing = faster < GONE ? 0 : faster;
    }

    /** A call that began then was told to come later. Calls that began together are told so together, which counts once. */
    void limited(long began, long now, Duration retryAfter) {
        long pause = retryAfter.compareTo(Duration.ofNanos(MOST_PAUSE)) < 0 ? retryAfter.toNanos() : MOST_PAUSE;
        pausedUntil = Math.max(pausedUntil, now + pause);
        if (isOfNow(began)) {
            spacing = Math.clamp(slower(), LEAST_SPACING, MOST_SPACING);
            everLimited = true;
            limitedAt = now;
            mark = now;
            measured = 0;
            starts = 0;
        }
    }

    private long slower() {
        long letThrough = starts - 1;
        if (letThrough < 1) {
            return Math.round(spacing * MUCH_SLOWER);
        }
        return Math.round(Math.max((double) spacing, (double) measured / letThrough) * SLOWER);
    }

    /** Whether it began after the last no, so that it says something about the pace of now. */
    private boolean isOfNow(long began) {
        return !everLimited || began > limitedAt;
    }
}
