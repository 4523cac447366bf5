package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.TreeSet;

/**
 * Who calls next: urgent ones first, then in order of arrival, at the endpoint's pace and at most so many at once. Not
 * thread-safe; times are nanoseconds of one clock that starts at 0.
 */
final class WaitingLine {
    private static final Comparator<Ticket> ORDER = Comparator.comparing((Ticket ticket) -> !ticket.urgent)
            .thenComparingLong(ticket -> ticket.number);

    private final int maxInFlight;
    private final Pace pace;
    private final TreeSet<Ticket> waiting = new TreeSet<>(ORDER);
    private int inFlight;
    private long arrivals;

    WaitingLine(int maxInFlight, Pace pace) {
        this.maxInFlight = maxInFlight;
        this.pace = pace;
    }

    /** @param latest when a start still makes sense */
    Ticket enter(boolean urgent, long latest) {
        Ticket ticket = new Ticket(urgent, latest, arrivals++);
        waiting.add(ticket);
        return ticket;
    }

    /** Sends away those whose turn would come too late, then starts those whose turn it is. Returns whether there were any. */
    boolean advance(long now) {
        boolean changed = refuseInVain(now);
        while (!waiting.isEmpty() && inFlight < maxInFlight && pace.next() <= now) {
            Ticket ticket = waiting.removeFirst();
            pace.started(now);
            inFlight++;
            ticket.state = State.STARTED;
            ticket.startedAt = now;
            changed = true;
        }
        return changed;
    }

    /** How long calls take is not known, so that only pause and spacing are counted. */
    private boolean refuseInVain(long now) {
        boolean changed = false;
        long turn = Math.max(now, pace.next());
        for (Iterator<Ticket> tickets = waiting.iterator(); tickets.hasNext();) {
            Ticket ticket = tickets.next();
            if (turn > ticket.latest) {
                tickets.remove();
                ticket.state = State.REFUSED;
                ticket.toWait = turn - now;
                changed = true;
            } else {
                turn += pace.spacing();
            }
        }
        return changed;
    }

    /** When to advance again for this one, if nothing else happens before; after now. */
    long lookAgain(Ticket ticket, long now) {
        long turn = inFlight < maxInFlight ? pace.next() : Long.MAX_VALUE;
        return Math.max(now + 1, Math.min(turn, ticket.latest + 1));
    }

    /** It does not want to call any more. */
    void leave(Ticket ticket) {
        waiting.remove(ticket);
        if (ticket.state == State.STARTED) {
            ended(ticket);
        }
    }

    /** Its call ended, however. */
    void ended(Ticket ticket) {
        ticket.state = State.ENDED;
        inFlight--;
    }

    void limited(Ticket ticket, long now, Duration retryAfter) {
        pace.limited(ticket.startedAt, now, retryAfter);
    }

    int inFlight() {
        return inFlight;
    }

    /** What became of a ticket. */
    enum State {
        WAITING,
        STARTED,
        REFUSED,
        ENDED
    }

    /** One that wants to call. */
    static final class Ticket {
        private final boolean urgent;
        private final long latest;
        private final long number;
        private State state = State.WAITING;
        private long startedAt;
        private long toWait;

        private Ticket(boolean urgent, long latest, long number) {
            this.urgent = urgent;
            this.latest = latest;
            this.number = number;
        }

        State state() {
            return state;
        }

        /** How long it would have had to wait when it was refused, nanoseconds; 0 if only for calls to end. */
        long toWait() {
            return toWait;
        }
    }
}
