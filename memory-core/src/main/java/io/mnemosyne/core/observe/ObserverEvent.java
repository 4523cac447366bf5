package io.mnemosyne.core.observe;

import java.time.Instant;
import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.ProviderFacts;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.TurnsRecord;

/** What happens to a thread, as its observer sees it. */
public sealed interface ObserverEvent {

    /** How often the thread had been deleted when this happened. */
    long incarnation();

    /** When it happened: the timestamp of its record, never a clock. */
    Instant at();

    /** What a record of {@code turns} means; empty if it says nothing to an observer. */
    static Optional<ObserverEvent> of(TurnsRecord record, Instant at) {
        return switch (record.event()) {
            case TurnEvent.Appended(Turn turn) -> Optional
                    .of(new TurnAppended(record.incarnation(), TurnFacts.of(turn), ProviderFacts.modelOf(turn), at));
            case TurnEvent.Controlled(Command command) -> Optional
                    .of(new Controlled(record.incarnation(), command, at));
            case TurnEvent.Skipped _ -> Optional.empty();
        };
    }

    /**
     * A turn took its place in the thread.
     *
     * @param model that wrote it, if it is an assistant's that says so
     */
    record TurnAppended(long incarnation, TurnFacts turn, Optional<String> model, Instant at)
            implements
                ObserverEvent {

        /** A turn of which no model is known. */
        public TurnAppended(long incarnation, TurnFacts turn, Instant at) {
            this(incarnation, turn, Optional.empty(), at);
        }
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
