package io.mnemosyne.schemas.produce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.TurnValidator;
import io.mnemosyne.core.redact.Redactor;
import io.mnemosyne.core.redact.TurnRedactor;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;

/**
 * Sends turns and commands of agents on the JVM. Credentials are taken out of an event first, so that none leaves the
 * process; what ingest would reject is not sent. Events of one thread take effect in the order of the calls.
 *
 * <p>Thread-safe. A call may block for 5 s while the broker or the registry is away.
 */
public final class TurnProducer implements AutoCloseable {
    private final TurnLog log;
    private final Function<String, Redactor> redactors;
    private final Runnable close;

    private TurnProducer(TurnLog log, Function<String, Redactor> redactors, Runnable close) {
        this.log = log;
        this.redactors = redactors;
        this.close = close;
    }

    /**
     * A producer that writes to a log of the caller's.
     *
     * @param log is closed with it
     * @param redactors see {@link #connect}
     */
    public TurnProducer(TurnLog log, Function<String, Redactor> redactors) {
        this(log, redactors, log::close);
    }

    /**
     * A producer with a Kafka client of its own. The pipeline must have registered its schemas once.
     *
     * @param clientSettings of the Kafka client: {@code bootstrap.servers}, and how to log in
     * @param names of the topics
     * @param redactors the redactor of a tenant: {@code TenantRedactors} with the pipeline's {@code redaction.key}, so that
     *            the same secret gets the same mark whoever sends it. With another key nothing leaks either, but ingest
     *            leaves marks alone, so that this producer's marks then equal only each other
     */
    public static TurnProducer connect(Map<String, ?> clientSettings, RegistrySettings registry, TopicNames names,
            Function<String, Redactor> redactors) {
        RegistrySchemaIds ids = new RegistrySchemaIds(registry);
        TurnLog log = new KafkaTurnLog(clientSettings, names, new TopicSerdes(ids, names));
        return new TurnProducer(log, redactors, () -> {
            log.close();
            close(ids);
        });
    }

    /**
     * Sends a turn.
     *
     * @throws InvalidEventException if it is invalid; nothing is sent
     */
    public Sent send(ThreadKey thread, RawTurn turn) {
        RawTurn clean = redactor(thread).redact(turn).value();
        requireValid(TurnValidator.problems(clean));
        return new Sent(clean.eventId(), log.append(thread, clean));
    }

    /**
     * Sends a command.
     *
     * @throws InvalidEventException if it is invalid; nothing is sent
     */
    public Sent send(ThreadKey thread, Command command) {
        Command clean = redactor(thread).redact(command).value();
        requireValid(TurnValidator.problems(clean));
        return new Sent(clean.commandId(), log.append(thread, clean));
    }

    /** Gives what was sent a second to be confirmed. */
    @Override
    public void close() {
        close.run();
    }

    private TurnRedactor redactor(ThreadKey thread) {
        return new TurnRedactor(redactors.apply(thread.tenant()));
    }

    private static void requireValid(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidEventException(problems);
        }
    }

    private static void close(RegistrySchemaIds ids) {
        try {
            ids.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the client of the registry", e);
        }
    }
}
