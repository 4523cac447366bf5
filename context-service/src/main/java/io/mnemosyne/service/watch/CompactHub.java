package io.mnemosyne.service.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Passes events on to whoever has subscribed, and keeps the newest for those who come back. Nobody waits for a subscriber: one
 * that does not read in time is cut off.
 *
 * <p>Thread-safe.
 */
public final class CompactHub implements AutoCloseable {
    /** Events that are kept. */
    static final int RETAINED = 1_000;
    /** Subscribers of one instance. */
    static final int MOST = 1_000;

    private final Deque<CompactEvent> retained = new ArrayDeque<>();
    private final Set<Subscription> subscriptions = new HashSet<>();
    private Cursor reached = Cursor.START;
    /** Up to here nothing is known any more. */
    private Cursor forgotten = Cursor.START;
    private boolean open;
    private boolean closed;

    /** Why nobody can subscribe now. */
    public enum Refusal {
        /** What there was is still being read; or the service stops. */
        NOT_READY,
        /** There are as many subscribers as one instance takes. */
        TOO_MANY
    }

    /** Who subscribes does so in vain. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final Refusal refusal;

        RefusedException(Refusal refusal) {
            super(refusal.name());
            this.refusal = refusal;
        }

        /** Why. */
        public Refusal refusal() {
            return refusal;
        }
    }

    /** What is in a partition up to an offset will never be known here. */
    synchronized void beginAfter(int partition, long offset) {
        forgotten = forgotten.at(partition, offset);
        reached = reached.at(partition, offset);
    }

    /** All that there was is read; from now on one can subscribe. */
    public synchronized void open() {
        open = true;
    }

    /** Passes an event on. One that was passed on before is not, nor a command that was sent twice. */
    public synchronized void publish(CompactEvent event) {
        if (reached.passed(event.partition(), event.offset())) {
            return;
        }
        reached(event.partition(), event.offset());
        if (retained.stream().anyMatch(other -> other.id().equals(event.id())
                && other.thread().equals(event.thread()))) {
            return;
        }
        retained.add(event);
        if (retained.size() > RETAINED) {
            CompactEvent oldest = retained.remove();
            forgotten = forgotten.at(oldest.partition(), oldest.offset());
        }
        subscriptions.removeIf(subscription -> !subscription.offer(event, reached));
    }

    /** A record that was no event is passed, too. */
    synchronized void reached(int partition, long offset) {
        reached = reached.at(partition, offset);
    }

    /**
     * Subscribes; to be closed.
     *
     * @param wanted events that it is about
     * @param after how far the subscriber had been told before; empty to begin with now
     */
    public synchronized Subscription subscribe(Predicate<CompactEvent> wanted, Optional<Cursor> after)
            throws RefusedException {
        if (!open || closed) {
            throw new RefusedException(Refusal.NOT_READY);
        }
        if (subscriptions.size() >= MOST) {
            throw new RefusedException(Refusal.TOO_MANY);
        }
        Cursor from = after.orElse(reached);
        boolean gap = forgotten.offsets().entrySet().stream()
                .anyMatch(place -> !from.passed(place.getKey(), place.getValue()));
        Subscription subscription = new Subscription(this, wanted, reached, gap,
                retained.stream().filter(event -> !from.passed(event.partition(), event.offset())).filter(wanted)
                        .toList());
        subscriptions.add(subscription);
        return subscription;
    }

    synchronized void leave(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    /** How many have subscribed. */
    public synchronized int subscribers() {
        return subscriptions.size();
    }

    /** Ends all subscriptions. */
    @Override
    public synchronized void close() {
        closed = true;
        subscriptions.forEach(Subscription::end);
        subscriptions.clear();
    }
}
