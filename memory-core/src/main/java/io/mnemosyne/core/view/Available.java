package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.PolicyChange;
import io.mnemosyne.core.Segment;

/**
 * What the memory journal says: the fold of its records, in their order, whatever turns were read so far.
 *
 * @param segments the live ones, oldest first, contiguous from turn 0
 * @param changedPolicy what commands changed of the policy up to this place in the memory
 */
public record Available(List<SegmentFacts> segments, StateFacts state, Optional<PolicyChange> changedPolicy) {
    static final Available NOTHING = new Available(List.of(), StateFacts.NONE, Optional.empty());

    public Available {
        segments = List.copyOf(segments);
    }

    /** The seq up to which live segments cover the thread, -1 if there is none. */
    public long watermark() {
        return segments.isEmpty() ? -1 : segments.getLast().range().to();
    }

    /** With a segment appended; empty if it does not start right after the watermark. */
    Optional<Available> observed(Segment segment) {
        if (segment.range().from() != watermark() + 1) {
            return Optional.empty();
        }
        List<SegmentFacts> next = new ArrayList<>(segments);
        next.add(SegmentFacts.of(segment));
        return Optional.of(new Available(next, state, changedPolicy));
    }

    /** With one segment in the place of the named ones; empty unless all are live, side by side, and of the same range. */
    Optional<Available> reflected(Segment segment, List<String> replaces) {
        List<String> ids = segments.stream().map(SegmentFacts::id).toList();
        int from = replaces.isEmpty() ? -1 : ids.indexOf(replaces.getFirst());
        int to = from + replaces.size();
        if (from < 0 || to > ids.size() || !ids.subList(from, to).equals(replaces)
                || segments.get(from).range().from() != segment.range().from()
                || segments.get(to - 1).range().to() != segment.range().to()) {
            return Optional.empty();
        }
        List<SegmentFacts> next = new ArrayList<>(segments.subList(0, from));
        next.add(SegmentFacts.of(segment));
        next.addAll(segments.subList(to, segments.size()));
        return Optional.of(new Available(next, state, changedPolicy));
    }

    /** With a newer project state; empty if it is not newer. */
    Optional<Available> changed(StateFacts newer) {
        return newer.version() > state.version()
                ? Optional.of(new Available(segments, newer, changedPolicy))
                : Optional.empty();
    }

    Available changedBy(Command command) {
        return new Available(segments, state,
                Optional.of(changedPolicy.orElse(PolicyChange.NONE).and(command.arguments())));
    }

    /** The budget that held when what was read of the memory last was written, tokens. */
    long budget(Policy standard) {
        return changedPolicy.map(change -> change.of(standard)).orElse(standard).budget();
    }

    /** The segments that rest only on turns that have been read. */
    List<SegmentFacts> readable(long nextSeq) {
        return segments.stream().takeWhile(segment -> segment.range().to() < nextSeq).toList();
    }

    boolean holds(String segmentId) {
        return segments.stream().anyMatch(segment -> segment.id().equals(segmentId));
    }
}
