package io.mnemosyne.service;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.javalin.http.Context;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.schemas.produce.InvalidEventException;
import io.mnemosyne.schemas.produce.Sent;
import io.mnemosyne.schemas.produce.TurnProducer;

/** Takes commands to threads; each is named by its request's {@code Idempotency-Key}, or by a new id. */
final class CommandIntake {
    private final TurnProducer producer;
    private final Clock clock;

    CommandIntake(TurnProducer producer, Clock clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /** A command that is durable. */
    record Taken(String id, Instant at, String position) {
    }

    /**
     * Writes a command to a thread, and answers with the status of what is done later.
     *
     * @param refusal says what is wrong, in front of the problems
     * @param name of what was sent, for a sender who does not learn whether it was stored
     * @throws Problem if the command is invalid or cannot be written
     */
    Taken take(Context request, ThreadKey thread, Command.Kind kind, Map<String, String> arguments, String refusal,
            String name) {
        Taken taken = write(id(request), thread, kind, arguments, refusal, name);
        request.status(202);
        return taken;
    }

    /** The id that a request gives its command, or a new one. */
    static String id(Context request) {
        return Requests.header(request, "Idempotency-Key").orElseGet(() -> UUID.randomUUID().toString());
    }

    /**
     * Writes a command with an id to a thread.
     *
     * @see #take
     */
    Taken write(String id, ThreadKey thread, Command.Kind kind, Map<String, String> arguments, String refusal,
            String name) {
        Instant now = clock.instant();
        Sent sent = sent(thread, new Command(id, kind, Optional.of(now), arguments), refusal);
        String position = PositionToken.of(TurnIntake.written(sent.position(), name
                + ". It may or may not be stored: send it again with the Idempotency-Key " + id));
        return new Taken(sent.id(), now, position);
    }

    private Sent sent(ThreadKey thread, Command command, String refusal) {
        try {
            return producer.send(thread, command);
        } catch (InvalidEventException e) {
            throw Problem.badRequest(refusal + ": " + e.getMessage());
        }
    }
}
