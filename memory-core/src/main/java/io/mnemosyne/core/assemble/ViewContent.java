package io.mnemosyne.core.assemble;

import java.util.List;

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
 */
public record ViewContent(ThreadKey thread, List<SizedTurn> system, ProjectState state, List<Segment> segments,
        List<SizedTurn> copies, List<SizedTurn> tail) {
    public ViewContent {
        system = List.copyOf(system);
        segments = List.copyOf(segments);
        copies = List.copyOf(copies);
        tail = List.copyOf(tail);
    }
}
