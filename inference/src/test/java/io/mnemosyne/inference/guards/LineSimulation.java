package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

import io.mnemosyne.inference.guards.WaitingLine.State;
import io.mnemosyne.inference.guards.WaitingLine.Ticket;

/** Plays callers and a server against a line, event by event. Times are nanoseconds from 0. */
final class LineSimulation {
    private static final long MOST_STEPS = 1_000_000;
    static final long NEVER = Long.MAX_VALUE / 2;

    /** A call that somebody wants to make. */
    record Caller(long at, boolean urgent, long latest) {
    }

    /** How a server answers: how long that takes, and when it wants to be asked instead. */
    record Reply(long takes, Optional<Duration> retryAfter) {
    }

    interface Server {
        Reply replyTo(long now);
    }

    /** What the line did with a caller. */
    record Fate(Caller caller, State state, long at) {
    }

    private record Event(long at, Runnable what) {
    }

    private record Waiter(Caller caller, Ticket ticket) {
    }

    private final WaitingLine line;
    private final Server server;
    private final boolean insistent;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::at));
    private final List<Waiter> waiting = new ArrayList<>();
    private final List<Fate> fates = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final int maxInFlight;
    private int inFlight;
    private long pausedUntil;
    private long now;
    private int calls;
    private int answered;
    private int limited;

    /** @param insistent whether callers that were told to come later get into line again */
    LineSimulation(int maxInFlight, Server server, boolean insistent) {
        this.maxInFlight = maxInFlight;
        this.line = new WaitingLine(maxInFlight, new Pace());
        this.server = server;
        this.insistent = insistent;
    }

    /** Runs until every caller has met its fate and every call has ended. */
    void run(List<Caller> callers) {
        callers.forEach(caller -> events.add(new Event(caller.at(), () -> enter(caller))));
        for (long steps = 0; !events.isEmpty() || !waiting.isEmpty(); steps++) {
            if (steps > MOST_STEPS) {
                throw new IllegalStateException(waiting.size() + " callers wait for ever");
            }
            long next = events.isEmpty() ? NEVER : events.peek().at();
            for (Waiter waiter : waiting) {
                next = Math.min(next, line.lookAgain(waiter.ticket(), now));
            }
            now = next;
            while (!events.isEmpty() && events.peek().at() <= now) {
                events.remove().what().run();
            }
            line.advance(now);
            settle();
        }
    }

    private void enter(Caller caller) {
        waiting.add(new Waiter(caller, line.enter(caller.urgent(), caller.latest())));
    }

    private void settle() {
        List<Waiter> settled = waiting.stream().filter(waiter -> waiter.ticket().state() != State.WAITING).toList();
        waiting.removeAll(settled);
        for (Waiter waiter : settled) {
            fates.add(new Fate(waiter.caller(), waiter.ticket().state(), now));
            if (waiter.ticket().state() == State.STARTED) {
                start(waiter);
            }
        }
    }

    private void start(Waiter waiter) {
        inFlight++;
        calls++;
        if (inFlight > maxInFlight) {
            broken.add("more calls in flight than allowed");
        }
        if (now < pausedUntil) {
            broken.add("a start inside a pause");
        }
        if (now > waiter.caller().latest()) {
            broken.add("a start too late");
        }
        for (Waiter other : waiting) {
            boolean sooner = other.caller().at() < waiter.caller().at();
            if (other.caller().urgent() == waiter.caller().urgent() ? sooner && !insistent : other.caller().urgent()) {
                broken.add("a start before it was its turn");
            }
        }
        Reply reply = server.replyTo(now);
        events.add(new Event(now + reply.takes(), () -> end(waiter, reply)));
    }

    private void end(Waiter waiter, Reply reply) {
        inFlight--;
        if (reply.retryAfter().isPresent()) {
            limited++;
            line.limited(waiter.ticket(), now, reply.retryAfter().get());
            pausedUntil = Math.max(pausedUntil, now + reply.retryAfter().get().toNanos());
            if (insistent) {
                enter(waiter.caller());
            }
        } else {
            answered++;
        }
        line.ended(waiter.ticket());
    }

    /** Rules that the line did not keep. */
    List<String> broken() {
        return broken;
    }

    List<Fate> fates() {
        return fates;
    }

    int calls() {
        return calls;
    }

    int answered() {
        return answered;
    }

    int limited() {
        return limited;
    }

    long now() {
        return now;
    }
}
