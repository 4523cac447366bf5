package io.mnemosyne.core;

import java.util.List;

/** One entry of a thread's memory. The order of these records is the order of the memory. */
public sealed interface MemoryEvent {

    /** The observer appended a segment; the watermark is now the end of its range. */
    record Observed(Segment segment) implements MemoryEvent {
    }

    /** The reflector put one denser segment in the place of the named ones. */
    record Reflected(Segment segment, List<String> replaces) implements MemoryEvent {
        public Reflected {
            replaces = List.copyOf(replaces);
        }
    }

    /** The reflector wrote a new project state. */
    record StateChanged(ProjectState state) implements MemoryEvent {
    }

    /** The observer relays a command in its place among the segments. */
    record Controlled(Command command) implements MemoryEvent {
    }
}
