package io.mnemosyne.core.reflect;

import java.util.List;
import java.util.stream.Collectors;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Segment;

/** Whether a reflection may take the place of the segments that it was made of. */
enum Acceptance {
    ACCEPTED("result.applied"),
    /** Says nothing although there was something to say. */
    EMPTY("result.empty"),
    /** Repeats itself. */
    DEGENERATE("result.degenerate"),
    /** Not smaller than what it would replace. */
    NOT_SMALLER("result.not-smaller");

    private final String counter;

    Acceptance(String counter) {
        this.counter = counter;
    }

    static Acceptance of(Segment reflection, List<LiveSegment> replaced) {
        boolean saidSomething = replaced.stream().anyMatch(segment -> segment.entries() > 0);
        if (reflection.entries().isEmpty() && saidSomething) {
            return EMPTY;
        }
        if (reflection.tokens() >= replaced.stream().mapToLong(LiveSegment::tokens).sum()) {
            return NOT_SMALLER;
        }
        String told = reflection.entries().stream().map(LogEntry::text).collect(Collectors.joining("\n"));
        return Repetition.isDegenerate(told) ? DEGENERATE : ACCEPTED;
    }

    /** Name of the counter of such answers. */
    String counter() {
        return counter;
    }
}
