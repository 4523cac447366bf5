package io.mnemosyne.core.trace;

import java.time.Instant;
import java.util.Optional;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.Outcome.Level;

/** The spans of a stage about one thread at one time. All of them hang at a turn: the newest that they concern. */
public final class StageSpans {
    private final Tracing tracing;
    private final ThreadKey thread;
    private final long incarnation;
    private final Instant at;

    /** @param at the time of the record that caused them */
    public StageSpans(Tracing tracing, ThreadKey thread, long incarnation, Instant at) {
        this.tracing = tracing;
        this.thread = thread;
        this.incarnation = incarnation;
        this.at = at;
    }

    /** What a stage asks workers for. */
    public enum Request {
        OBSERVATION("observer", "observation"),
        REFLECTION("reflector", "reflection"),
        SUMMARY("summarizer", "summary");

        private final String stage;
        private final String span;

        Request(String stage, String span) {
            this.stage = stage;
            this.span = span;
        }

        /** The request that a worker's stage answers. */
        public static Request of(String stage) {
            for (Request request : values()) {
                if (request.stage.equals(stage)) {
                    return request;
                }
            }
            throw new IllegalArgumentException("no request is answered by a stage '" + stage + "'");
        }

        /** The span of a request; a retry belongs to the same. */
        public SpanId id(ThreadKey thread, long incarnation, String requestId) {
            return TraceIds.step(span, thread, incarnation, requestId);
        }
    }

    /** A request went out for the first time. */
    public SpanEvent asked(Request request, String requestId, long seq, FactsBuilder facts) {
        return new SpanEvent.Started(place(seq, Optional.empty()), request.id(thread, incarnation, requestId),
                SpanType.SPAN, request.span, at, facts.metadata("seq", seq).build());
    }

    /** A request is waited for no more. */
    public SpanEvent over(Request request, String requestId, long seq, Outcome outcome, FactsBuilder facts) {
        return new SpanEvent.Ended(place(seq, Optional.empty()), request.id(thread, incarnation, requestId), at,
                outcome, facts.build());
    }

    /** An attempt came to nothing, and another one is to come. */
    public SpanEvent retried(Request request, String requestId, long seq, int attempt, String reason) {
        Outcome outcome = new Outcome(Level.WARNING, tracing.error(reason).message());
        return event(request.span + " retried", requestId + "." + attempt, seq,
                Optional.of(request.id(thread, incarnation, requestId)), SpanType.EVENT, outcome,
                new FactsBuilder().metadata("attempt", attempt));
    }

    /**
     * Something happened.
     *
     * @param name of the kind of event
     * @param id tells it from the others of its kind in the thread
     */
    public SpanEvent event(String name, String id, long seq, FactsBuilder facts) {
        return event(name, id, seq, SpanType.EVENT, facts);
    }

    /** The same of another type. */
    public SpanEvent event(String name, String id, long seq, SpanType type, FactsBuilder facts) {
        return event(name, id, seq, Optional.empty(), type, Outcome.SUCCESS, facts);
    }

    /** One that came to something else than success. */
    public SpanEvent event(String name, String id, long seq, SpanType type, Outcome outcome, FactsBuilder facts) {
        return event(name, id, seq, Optional.empty(), type, outcome, facts);
    }

    private SpanEvent event(String name, String id, long seq, Optional<SpanId> parent, SpanType type, Outcome outcome,
            FactsBuilder facts) {
        return new SpanEvent.Finished(place(seq, parent), new Span(TraceIds.step(name, thread, incarnation, id), type,
                name, at, at, outcome, facts.metadata("seq", Math.max(0, seq)).build()));
    }

    private Place place(long seq, Optional<SpanId> parent) {
        return new Place.AtTurn(thread.thread(), incarnation, Math.max(0, seq), parent);
    }
}
