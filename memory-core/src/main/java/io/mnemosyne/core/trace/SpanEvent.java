package io.mnemosyne.core.trace;

import java.time.Instant;
import java.util.Optional;

/** What is said of a span, or of where a thread's spans belong. In any order, and possibly more than once. */
public sealed interface SpanEvent {

    /** A step is over, and all is known of it. */
    record Finished(Place place, Span span) implements SpanEvent {
    }

    /** A step began; its {@link Ended} comes, or it is closed after a time-out. */
    record Started(Place place, SpanId id, SpanType type, String name, Instant at, SpanFacts facts)
            implements
                SpanEvent {
    }

    /**
     * A step ended that began under the same id and home.
     *
     * @param place as of its start; its parent does not count
     */
    record Ended(Place place, SpanId id, Instant at, Outcome outcome, SpanFacts facts) implements SpanEvent {
    }

    /**
     * From this turn on the spans of a thread belong elsewhere. Ingest says so at every user turn, in the transaction
     * that appends the turn.
     *
     * @param fromSeq the first turn of which that is true, until the next such seq
     */
    record Linked(String thread, long incarnation, long fromSeq, Target target) implements SpanEvent {
    }

    /** To what a run of a thread is linked. */
    sealed interface Target {

        /**
         * A trace of its own, or the one that the turn's {@link TraceContext} named.
         *
         * @param parent the caller's span, if there is a caller
         */
        record ToTrace(TraceId trace, Optional<SpanId> parent) implements Target {
        }

        /**
         * The turn of another thread of the same tenant that started this one; its trace is looked up there.
         *
         * @param callId the tool call in that turn, if known
         */
        record ToTurn(String thread, long seq, Optional<String> callId) implements Target {
        }
    }
}
