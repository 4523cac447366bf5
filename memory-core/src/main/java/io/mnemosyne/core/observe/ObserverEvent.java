package io.mnemosyne.core.observe;

import java.time.Instant;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.TurnFacts;

/** What happens to a thread, as its observer sees it. */
public sealed interface ObserverEvent {

    /** How often the thread had been deleted when this happened. */
    long incarnation();

    /** When it happened: the timestamp of its record, never a clock. */
    Instant at();

    /** A turn took its place in the thread. */
    record TurnAppended(long incarnation, TurnFacts turn, Instant at) implements ObserverEvent {
    }

    /** A command took its place among the turns. */
    record Controlled(long incarnation, Command command, Instant at) implements ObserverEvent {
    }

    /** A worker answered, a lease passed, or the thread has been quiet. */
    record ResultArrived(ObservationResult result, Instant at) implements ObserverEvent {
        @Override
        public long incarnation() {
            return result.incarnation();
        }
    }
}
