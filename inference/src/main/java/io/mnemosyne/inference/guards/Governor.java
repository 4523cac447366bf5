package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.inference.guards.WaitingLine.State;
import io.mnemosyne.inference.guards.WaitingLine.Ticket;

/**
 * Holds all calls to one endpoint, whatever their model and whoever pays, to its limit of calls at once and to the pace
 * that it allows. When the endpoint says that it was asked too often, nothing starts before it wants to be asked again.
 *
 * <p>Threading notes: any number of threads; the line is guarded by one lock, which is never held during a call. Whoever
 * changes the line wakes all that wait in it, which are as many as the worker has calls, and each looks for itself.
 */
public final class Governor {
    private static final Logger LOGGER = LoggerFactory.getLogger(Governor.class);
    /** For endpoints that say no without saying for how long. */
    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);
    /** A call that begins later than this before its deadline is paid for in vain; of short deadlines, half. */
    private static final Duration LEAST_TIME = Duration.ofSeconds(5);

    private final String endpoint;
    private final Time time;
    private final Counts counts;
    private final long origin;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final WaitingLine line;

    /** @param maxInFlight calls at once, at least 1 */
    public Governor(String endpoint, int maxInFlight, Time time, Counts counts) {
        this.endpoint = endpoint;
        this.time = time;
        this.counts = counts;
        this.origin = time.nanos();
        this.line = new WaitingLine(maxInFlight, new Pace());
    }

    /**
     * The same model, called when it is its turn. A call whose turn would come too late for its deadline fails at once,
     * as {@link Failure#RATE_LIMITED}, with how long it would have had to wait.
     */
    public ChatModel guard(ChatModel model) {
        return new Guarded(model.id(), request -> call(model, request));
    }

    private ChatAnswer call(ChatModel model, ChatRequest request) throws ChatException, InterruptedException {
        Ticket ticket = awaitTurn(request);
        try {
            request.before().aboutToCall();
            return model.answer(request);
        } catch (ChatException e) {
            // Only who is told to come later comes later: an overload without a time is the breaker's.
            if (e.failure() == Failure.RATE_LIMITED || e.retryAfter().isPresent()) {
                pause(ticket, e.retryAfter().orElse(DEFAULT_PAUSE));
            }
            throw e;
        } finally {
            withLine(() -> line.ended(ticket));
        }
    }

    private void pause(Ticket ticket, Duration retryAfter) {
        withLine(() -> line.limited(ticket, now(), retryAfter));
        counts.raise("governor.paused");
        LOGGER.atInfo().addKeyValue("endpoint", endpoint).addKeyValue("millis", retryAfter.toMillis())
                .log("An endpoint wants to be asked later; nobody asks it before");
    }

    /** The line changes, so that whoever waits has to look again. */
    private void withLine(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Ticket awaitTurn(ChatRequest request) throws ChatException, InterruptedException {
        lock.lockInterruptibly();
        try {
            long deadline = now() + request.deadline().left().toNanos();
            Ticket ticket = line.enter(request.urgent(), deadline - leastTime(request.deadline()));
            try {
                awaitTurn(ticket);
            } catch (InterruptedException e) {
                line.leave(ticket);
                changed.signalAll();
                throw e;
            }
            if (ticket.state() == State.REFUSED) {
                counts.raise("governor.refused");
                throw tooLate(ticket);
            }
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /** Needs the lock, and gives it away while it waits. */
    private void awaitTurn(Ticket ticket) throws InterruptedException {
        while (true) {
            long now = now();
            if (line.advance(now)) {
                changed.signalAll();
            }
            if (ticket.state() != State.WAITING) {
                return;
            }
            time.await(changed, line.lookAgain(ticket, now) - now);
        }
    }

    private static long leastTime(Deadline deadline) {
        return Math.min(LEAST_TIME.toNanos(), deadline.left().toNanos() / 2);
    }

    private ChatException tooLate(Ticket ticket) {
        Duration wait = Duration.ofNanos(ticket.toWait());
        String message = wait.isZero()
                ? line.inFlight() + " other calls of " + endpoint + " left no room in time"
                : "rate limited: its turn would come in " + wait.plusMillis(999).toSeconds() + " s, too late";
        return new ChatException(Failure.RATE_LIMITED, message, TokenUsage.NONE,
                wait.isZero() ? Optional.empty() : Optional.of(wait));
    }

    private long now() {
        return time.nanos() - origin;
    }
}
