package io.mnemosyne.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.common.errors.RecordTooLargeException;

import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.TurnJsonReader;
import io.mnemosyne.schemas.produce.InvalidEventException;
import io.mnemosyne.schemas.produce.Sent;
import io.mnemosyne.schemas.produce.TurnProducer;
import io.mnemosyne.service.Problem.InvalidTurn;

/** Reads posted turns, and sends the valid ones in their order. Nothing is logged of a turn. */
final class TurnIntake {
    private final TurnProducer producer;

    TurnIntake(TurnProducer producer) {
        this.producer = producer;
    }

    /**
     * Writes a batch. Ends at the first turn that is known not to be written: one that came behind it would take its place
     * in the thread, and sending the batch again would not put that right.
     *
     * @param turns the JSON of each turn
     * @param idPrefix a turn without an id gets this with its index in the batch
     * @param cause of turns that name none themselves
     */
    Receipt take(ThreadKey thread, List<String> turns, String idPrefix, Optional<TraceContext> cause) {
        List<Pending> pending = new ArrayList<>();
        List<InvalidTurn> invalid = new ArrayList<>();
        AtomicBoolean failed = new AtomicBoolean();
        for (int index = 0; index < turns.size() && !failed.get(); index++) {
            try {
                RawTurn turn = TurnJsonReader.read(turns.get(index), idPrefix + "-" + index);
                Sent sent = producer.send(thread, cause.map(turn::orIn).orElse(turn));
                pending.add(new Pending(index, sent.id(), sent.position().whenComplete((_, failure) -> {
                    if (failure != null) {
                        failed.set(true);
                    }
                })));
            } catch (InvalidTurnException | InvalidEventException e) {
                invalid.add(new InvalidTurn(index, String.valueOf(e.getMessage())));
            }
        }
        if (pending.isEmpty()) {
            throw Problem.invalidTurns(invalid);
        }
        List<Receipt.Accepted> accepted = pending.stream().map(TurnIntake::await).toList();
        return new Receipt(accepted.size(), accepted.getLast().position(), accepted, invalid);
    }

    private static Receipt.Accepted await(Pending pending) {
        return new Receipt.Accepted(pending.id(), PositionToken.of(written(pending.position(),
                "turn " + pending.index() + " of the batch (counted from 0). It may or may not be stored, as may "
                        + "those behind it; those before it are stored. Send the batch again with the same ids or the "
                        + "same Idempotency-Key: nothing is stored twice")));
    }

    /**
     * Waits until a record is durable.
     *
     * @param unknown ends the sentence "Kafka did not confirm", and says what to do
     */
    static Position written(CompletableFuture<Position> position, String unknown) {
        try {
            return position.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the service is stopping", Duration.ofSeconds(5));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                throw Problem.tooLarge("a turn is larger than a record may be: " + e.getCause().getMessage());
            }
            throw Problem.unavailable("Kafka did not confirm " + unknown, Duration.ofSeconds(2));
        }
    }

    private record Pending(int index, String id, CompletableFuture<Position> position) {
    }

    /**
     * What became of a batch.
     *
     * @param position token of the last record; everything before it in the batch is visible when it is
     */
    record Receipt(int accepted, String position, List<Accepted> turns, List<InvalidTurn> invalid) {

        /** One turn that is durable. */
        record Accepted(String id, String position) {
        }
    }
}
