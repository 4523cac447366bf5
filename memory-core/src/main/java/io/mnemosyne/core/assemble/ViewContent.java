package io.mnemosyne.core.assemble;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.ThreadKey;

/**
 * What a view shows, with the texts.
 *
 * @param system system turns that the segments have passed, oldest first
 * @param segments oldest first, contiguous
 * @param copies turns inside the segments that are carried verbatim, oldest first
 * @param tail all turns after the segments, oldest first, contiguous
 * @param restored objects that are repeated among the tail, in the order in which they were brought back
 * @param coveredAt when the last turn in front of the tail was said, if there is one and it is known
 * @param zone in which times are shown
 * @param stateBudget of the policy when the project state was written, tokens; it bounds its text
 */
public record ViewContent(ThreadKey thread, List<SizedTurn> system, ProjectState state, List<Segment> segments,
        List<SizedTurn> copies, List<SizedTurn> tail, List<Restored> restored, Optional<Instant> coveredAt, ZoneId zone,
        long stateBudget) {
    public ViewContent {
        system = List.copyOf(system);
        segments = List.copyOf(segments);
        copies = List.copyOf(copies);
        tail = List.copyOf(tail);
        restored = List.copyOf(restored);
    }

    /** A view of which it is not known when what is in front of the tail was said, under the standard policy. */
    public ViewContent(ThreadKey thread, List<SizedTurn> system, ProjectState state, List<Segment> segments,
            List<SizedTurn> copies, List<SizedTurn> tail) {
        this(thread, system, state, segments, copies, tail, List.of(), Optional.empty(), Policy.UTC,
                Policy.standard().budget());
    }

    /** The same with its copies as large as they are rendered. */
    ViewContent withSizedCopies() {
        return new ViewContent(thread, system, state, segments, copies.stream().map(SizedTurn::asCopy).toList(), tail,
                restored, coveredAt, zone, stateBudget);
    }
}
