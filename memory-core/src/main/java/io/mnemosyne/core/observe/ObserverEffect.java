package io.mnemosyne.core.observe;

import java.time.Instant;
import java.util.List;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;

/** What the observer wants done. */
public sealed interface ObserverEffect {

    /** Ask a worker to observe a range; its renditions and the prior memory are to be added. */
    record Request(String requestId, SeqRange range, int attempt, Instant leaseUntil,
            ObservationRequest.Priority priority) implements ObserverEffect {

        /**
         * The whole request.
         *
         * @param state as decided
         * @param kept the renditions of the range; clipped further if they are too many
         * @param standing the policy of threads that have none of their own
         */
        public ObservationRequest with(ObserverState state, List<Rendition> kept, Policy standing) {
            return new ObservationRequest(requestId, state.thread(), state.incarnation(), range, attempt, leaseUntil,
                    priority, state.chunks().priorMemory(),
                    Renditions.fit(kept, RequestSize.maxBytes(Observer.governing(state, standing))));
        }
    }

    /** Append a segment to the thread's memory. The watermark is then the end of its range. */
    record Append(Segment segment) implements ObserverEffect {
    }

    /** Pass a command on into the memory, in its place among the segments. */
    record Relay(Command command) implements ObserverEffect {
    }

    /** The rendition of this turn will be needed for a request. */
    record Keep(long seq) implements ObserverEffect {
    }

    /** The renditions of these turns are needed no more. */
    record Forget(SeqRange range) implements ObserverEffect {
    }

    /** The thread was deleted: drop every row stored for it, tombstone its memory, and have workers forget its calls. */
    record Purge() implements ObserverEffect {
    }
}
