package io.mnemosyne.bench;

import java.util.List;
import java.util.SortedMap;

import io.mnemosyne.replay.machines.StoredThread;

/**
 * What a long thread took.
 *
 * @param seed of its turns
 * @param budget ceiling of its view, tokens
 * @param seconds of all of it
 * @param largestView at any step, tokens
 * @param overCeiling steps at which the view was larger than the budget
 * @param refused steps at which the budget could not hold what is never cut, and the caller was told so
 * @param firstTenth contexts assembled in the first tenth of the thread
 * @param lastTenth contexts assembled in the last tenth of the thread
 * @param marks what there was on the way
 */
record LongThreadReport(long seed, long budget, double seconds, long largestView, long overCeiling, long refused,
        Durations firstTenth, Durations lastTenth, List<Mark> marks) {

    /**
     * What there is when so much was said.
     *
     * @param tokens of all turns so far
     * @param view tokens of the context
     * @param contexts assembled since the last mark
     * @param turnsTaken taking turns in since the last mark, with all that comes of it, models included
     * @param reflections so far, by how often the oldest part of what they tell was rewritten
     * @param rewrittenTokens that all reflections so far were made of
     */
    record Mark(double percent, long tokens, long turns, long view, Durations contexts, Durations turnsTaken,
            StateBytes bytes, StoredThread.Rows rows, int segments, long segmentTokens, long observations,
            SortedMap<Integer, Long> reflections, long rewrittenTokens, long epochs) {

        long allReflections() {
            return reflections.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Tokens rewritten by reflections for each token of the thread. */
        double rewrittenPerToken() {
            return (double) rewrittenTokens / Math.max(1, tokens);
        }
    }

    /** How much longer a context takes at the end than at the beginning: 1 if it does not. */
    double ratioOfMedians() {
        return lastTenth.p50() / firstTenth.p50();
    }
}
