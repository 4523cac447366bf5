package io.mnemosyne.service;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.TurnValidator;
import io.mnemosyne.schemas.produce.TurnLog;

/** Notes in a thread that its memory was asked. What cannot be noted in time is not worth an error, nor a long wait. */
final class QueryJournal {
    private static final Logger LOGGER = LoggerFactory.getLogger(QueryJournal.class);
    private static final int LONGEST_QUESTION = 1_000;
    /** Whoever asked waits as long. */
    static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Kafka's client may block its caller before it takes a record. */
    private static final Executor ASIDE = task -> Thread.ofVirtual().name("query-journal").start(task);

    private final TurnLog log;
    private final Clock clock;
    private final Duration patience;

    QueryJournal(TurnLog log, Clock clock, Duration patience) {
        this.log = log;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Writes down a question that was answered.
     *
     * @param id of the command, which makes a repetition harmless
     * @param question without credentials
     * @param objects that were found
     * @param tokens of the answer
     * @return whether it is known to be written
     */
    boolean note(ThreadKey thread, String id, String question, List<String> objects, long tokens) {
        Command command = new Command(id, Command.Kind.QUERY, Optional.of(clock.instant()),
                Map.of("question", clipped(question), "objects", String.join(",", objects), "tokens",
                        Long.toString(tokens)));
        CompletableFuture<Position> written = CompletableFuture.supplyAsync(() -> log.append(thread, command).join(),
                ASIDE);
        try {
            written.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.atWarn().addKeyValue("thread", thread).addKeyValue("error", cause(e).getClass().getName())
                    .log("A question to memory was answered, but could not be noted");
            return false;
        }
    }

    /** @throws Problem if a command cannot have this id */
    static void requireId(String id) {
        List<String> problems = TurnValidator
                .problems(new Command(id, Command.Kind.QUERY, Optional.empty(), Map.of()));
        if (!problems.isEmpty()) {
            throw Problem.badRequest("the 'Idempotency-Key' cannot be a command's id: " + String.join("; ", problems));
        }
    }

    private static String clipped(String question) {
        if (question.length() <= LONGEST_QUESTION) {
            return question;
        }
        return question.substring(0,
                Character.isHighSurrogate(question.charAt(LONGEST_QUESTION - 1))
                        ? LONGEST_QUESTION - 1
                        : LONGEST_QUESTION);
    }

    private static Throwable cause(Exception e) {
        return Optional.ofNullable(e.getCause()).orElse(e);
    }
}
