package io.mnemosyne.core.view;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

import io.mnemosyne.core.Policy;

/**
 * What a thread's prompt shows in front of the raw tail, unchanged until the next epoch.
 *
 * @param epoch number of rewrites so far; epoch 0 shows nothing but turns
 * @param segments oldest first, contiguous from turn 0
 * @param copies turns inside the segments that are carried verbatim, oldest first
 * @param ceiling of the whole prompt in our tokens, where its model's count made it smaller than the budget
 * @param restored objects that were brought back since the epoch began, oldest first: they are appended, and take their
 *            places when the next one begins
 */
public record Shown(long epoch, List<SegmentFacts> segments, StateFacts state, List<TurnSize> copies,
        OptionalLong ceiling, List<RestoredObject> restored) {
    static final Shown NOTHING = new Shown(0, List.of(), StateFacts.NONE, List.of(), OptionalLong.empty(), List.of());

    public Shown {
        segments = List.copyOf(segments);
        copies = List.copyOf(copies);
        restored = List.copyOf(restored);
    }

    Shown and(RestoredObject object) {
        return new Shown(epoch, segments, state, copies, ceiling,
                Stream.concat(restored.stream(), Stream.of(object)).toList());
    }

    /** With an object no more appended. */
    Shown without(String object) {
        return new Shown(epoch, segments, state, copies, ceiling,
                restored.stream().filter(other -> !other.id().equals(object)).toList());
    }

    /** Whether a turn that the segments have passed is carried as a copy. */
    boolean carries(long seq) {
        return copies.stream().anyMatch(copy -> copy.seq() == seq);
    }

    /** Whether the text of an object is appended. */
    boolean repeats(String object) {
        return restored.stream().anyMatch(other -> other.id().equals(object));
    }

    /** The seq up to which the shown segments cover the thread, -1 if none is shown. */
    public long watermark() {
        return segments.isEmpty() ? -1 : segments.getLast().range().to();
    }

    /** What the prompt is cut to under the thread's policy, our tokens. */
    long cutTo(Policy own) {
        return Math.min(own.budget(), ceiling.orElse(own.budget()));
    }

    public List<String> segmentIds() {
        return segments.stream().map(SegmentFacts::id).toList();
    }

    /** Tokens of the prompt that this makes together with the turns. */
    long tokens(ReadTurns turns) {
        return turns.systemTokensThrough(watermark()) + tokensBehind(turns, 0) + state.tokens();
    }

    /** Tokens of the prompt behind the first {@code kept} segments. */
    private long tokensBehind(ReadTurns turns, int kept) {
        return segments.subList(kept, segments.size()).stream().mapToLong(SegmentFacts::tokens).sum()
                + copies.stream().mapToLong(TurnSize::tokens).sum() + turns.tokensAfter(watermark())
                + restored.stream().mapToLong(RestoredObject::tokens).sum();
    }

    /** Tokens of this prompt behind the first difference from the one before. */
    long rewritten(Shown before, ReadTurns turns) {
        boolean systemMoved = turns.systemTokensThrough(watermark()) != turns.systemTokensThrough(before.watermark())
                && before.watermark() >= 0;
        if (systemMoved || state.version() != before.state.version()) {
            return state.tokens() + tokensBehind(turns, 0);
        }
        int kept = 0;
        while (kept < segments.size() && kept < before.segments.size()
                && segments.get(kept).equals(before.segments.get(kept))) {
            kept++;
        }
        return tokensBehind(turns, kept);
    }

    boolean sameMemory(Shown other) {
        return isMemory(other.segments, other.state);
    }

    /** Whether it shows these segments and this project state. */
    boolean isMemory(List<SegmentFacts> others, StateFacts project) {
        return segmentIds().equals(others.stream().map(SegmentFacts::id).toList())
                && state.version() == project.version();
    }
}
