package io.mnemosyne.core.trace;

import java.time.Instant;

/** What happens to one span id of a trace. */
public sealed interface JoinEvent {

    /** Something was heard of it. */
    record Heard(SpanPart part) implements JoinEvent {
    }

    /** A step that is below it was sent. */
    record Needed(SpanState.Stretch child) implements JoinEvent {
    }

    /** The session that it waited for is known, or is not waited for any longer. */
    record Released() implements JoinEvent {
    }

    /**
     * A time that was asked for has come.
     *
     * @param newest the latest time that any step of the same thread names; of its trace, if it has no thread
     */
    record Due(Alarm alarm, Instant newest) implements JoinEvent {
    }

    /** What a time was asked for. */
    enum Alarm {
        /** Its other half may never come. */
        CLOSE,
        /** Its session may never be known. */
        SESSION,
        /** It may never be heard of, though steps are below it. */
        PARENT
    }
}
