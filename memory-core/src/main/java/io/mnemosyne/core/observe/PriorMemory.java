package io.mnemosyne.core.observe;

import java.util.List;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.tokens.TokenCounter;

/** The end of what was observed so far, for the next observation to go on from. */
final class PriorMemory {
    /** The most that an observer is shown, in tokens. */
    static final long MAX_TOKENS = 2_000;
    /** A small utility model is shown no more than this part of its window. */
    private static final long PART_OF_UTILITY_WINDOW = 16;

    private final TokenCounter tokens;

    PriorMemory(TokenCounter tokens) {
        this.tokens = tokens;
    }

    /** The newest whole lines of the older text and the segment that fit. */
    String followedBy(String older, Segment segment, Policy policy) {
        long room = Math.min(MAX_TOKENS, policy.utilityWindow() / PART_OF_UTILITY_WINDOW);
        List<String> lines = (older + SegmentText.of(segment)).lines().toList();
        int first = lines.size();
        while (first > 0) {
            room -= tokens.count(lines.get(first - 1) + "\n");
            if (room < 0) {
                break;
            }
            first--;
        }
        return lines.stream().skip(first).map(line -> line + "\n").reduce("", String::concat);
    }
}
