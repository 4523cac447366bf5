package io.mnemosyne.core.trace;

import java.util.Optional;

/** Where a span belongs. Who knows a trace says which; who knows only a thread says which of its turns. */
public sealed interface Place {

    /** The trace under whose id the span is sent first; that of a thread's place is only where its trace is looked up. */
    TraceId home(String tenant);

    /**
     * In a trace.
     *
     * @param parent empty for its root
     */
    record InTrace(TraceId trace, Optional<SpanId> parent) implements Place {
        @Override
        public TraceId home(String tenant) {
            return trace;
        }
    }

    /**
     * In the trace to which a thread's turn belongs, which a {@link SpanEvent.Linked} says.
     *
     * @param seq of the turn that caused it; 0 or more
     * @param parent empty if it belongs directly under the agent run of that turn
     */
    record AtTurn(String thread, long incarnation, long seq, Optional<SpanId> parent) implements Place {
        @Override
        public TraceId home(String tenant) {
            return TraceIds.home(tenant, thread);
        }
    }
}
