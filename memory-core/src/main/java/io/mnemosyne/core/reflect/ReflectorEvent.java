package io.mnemosyne.core.reflect;

import java.time.Instant;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Segment;

/** What the reflector of a thread is told. */
public sealed interface ReflectorEvent {

    /** The thread's incarnation as the teller knew it. */
    long incarnation();

    /** The time of the record that told it. */
    Instant at();

    /** The observer appended a segment. */
    record SegmentObserved(long incarnation, Segment segment, Instant at) implements ReflectorEvent {
    }

    /** A worker answered, or a lease ran out. */
    record ResultArrived(ReflectionResult result, Instant at) implements ReflectorEvent {
        @Override
        public long incarnation() {
            return result.incarnation();
        }
    }

    /** A command took its place among the segments. A deletion carries the new incarnation. */
    record Controlled(long incarnation, Command command, Instant at) implements ReflectorEvent {
    }
}
