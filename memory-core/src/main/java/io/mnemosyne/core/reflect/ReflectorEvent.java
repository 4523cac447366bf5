package io.mnemosyne.core.reflect;

import java.time.Instant;
import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Segment;

/** What the reflector of a thread is told. */
public sealed interface ReflectorEvent {

    /** The thread's incarnation as the teller knew it. */
    long incarnation();

    /** The time of the record that told it. */
    Instant at();

    /** What a record of {@code memory} means; empty if it is one of the reflector's own. */
    static Optional<ReflectorEvent> of(MemoryRecord record, Instant at) {
        return switch (record.event()) {
            case MemoryEvent.Observed(Segment segment) -> Optional
                    .of(new SegmentObserved(record.incarnation(), segment, at));
            case MemoryEvent.Controlled(Command command) -> Optional
                    .of(new Controlled(record.incarnation(), command, at));
            case MemoryEvent.Reflected _,MemoryEvent.StateChanged _ -> Optional.empty();
        };
    }

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
