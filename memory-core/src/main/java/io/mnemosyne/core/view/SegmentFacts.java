package io.mnemosyne.core.view;

import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;

/**
 * What the view needs to know of a segment without its text.
 *
 * @param tokens of the rendered text
 */
public record SegmentFacts(String id, Segment.Kind kind, SeqRange range, long tokens) {
    static SegmentFacts of(Segment segment) {
        return new SegmentFacts(segment.id(), segment.kind(), segment.range(), segment.tokens());
    }
}
