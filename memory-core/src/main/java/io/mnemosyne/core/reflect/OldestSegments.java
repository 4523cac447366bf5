package io.mnemosyne.core.reflect;

import java.util.ArrayList;
import java.util.List;

import io.mnemosyne.core.Policy;

/** Chooses which segments to reflect: the oldest ones that lie side by side and fit one request. */
final class OldestSegments {
    /** Share of the live tokens that is new enough to be left alone; at least the newest segment always is. */
    private static final double NEWEST_SHARE = 0.65;
    /** Share of the utility model's window that one request may fill. */
    private static final double UTILITY_SHARE = 0.5;
    /** Texts of one request in UTF-8; the rest of its 1 MiB is for the project state and for framing. */
    private static final long MAX_BYTES = 400 * 1024;

    private OldestSegments() {
    }

    /** At least two segments, oldest first; empty if no two fit. One that is too large itself is passed over. */
    static List<LiveSegment> of(List<LiveSegment> live, Policy policy) {
        long maxTokens = Math.round(UTILITY_SHARE * policy.utilityWindow());
        List<LiveSegment> old = live.subList(0, endOfOld(live));
        for (int start = 0; start < old.size() - 1; start++) {
            List<LiveSegment> run = run(old.subList(start, old.size()), maxTokens);
            if (run.size() >= 2) {
                return run;
            }
        }
        return List.of();
    }

    private static int endOfOld(List<LiveSegment> live) {
        double untouched = NEWEST_SHARE * live.stream().mapToLong(LiveSegment::tokens).sum();
        int end = Math.max(0, live.size() - 1);
        long kept = live.isEmpty() ? 0 : live.getLast().tokens();
        while (end > 0 && kept + live.get(end - 1).tokens() <= untouched) {
            kept += live.get(end - 1).tokens();
            end--;
        }
        return end;
    }

    private static List<LiveSegment> run(List<LiveSegment> from, long maxTokens) {
        List<LiveSegment> run = new ArrayList<>();
        long tokens = 0;
        long bytes = 0;
        for (LiveSegment segment : from) {
            tokens += segment.tokens();
            bytes += segment.bytes();
            boolean gap = !run.isEmpty() && !run.getLast().touches(segment);
            if (gap || tokens > maxTokens || bytes > MAX_BYTES) {
                break;
            }
            run.add(segment);
        }
        return run;
    }
}
