package io.mnemosyne.core.reflect;

import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;

/**
 * What the reflector keeps in mind of a live segment.
 *
 * @param tokens of its rendered text
 * @param bytes of its rendered text in UTF-8
 * @param entries how many it has
 */
public record LiveSegment(String id, SeqRange range, Segment.Kind kind, int level, long tokens, long bytes,
        int entries) {

    static LiveSegment of(Segment segment) {
        return new LiveSegment(segment.id(), segment.range(), segment.kind(), segment.level(), segment.tokens(),
                Sha256.utf8Length(SegmentText.of(segment)), segment.entries().size());
    }

    /** Whether the other one begins where this one ends. */
    boolean touches(LiveSegment next) {
        return next.range.from() == range.to() + 1;
    }
}
