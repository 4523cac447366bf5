package io.mnemosyne.service.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What one subscriber has yet to be told. Thread-safe; one thread takes, others give.
 */
public final class Subscription implements AutoCloseable {
    /** Events that wait for one subscriber, besides those that it came back for. */
    static final int MOST_WAITING = 256;

    private final CompactHub hub;
    private final Predicate<CompactEvent> wanted;
    private final boolean gap;
    private final Deque<Next> waiting = new ArrayDeque<>();
    private final int room;
    private Cursor cursor;
    private boolean ended;

    /** What comes next. */
    public sealed interface Next {
    }

    /**
     * An event.
     *
     * @param cursor with which to come back after it
     */
    public record Told(CompactEvent event, Cursor cursor) implements Next {
    }

    /** The subscriber was too slow, and is told no more. */
    public record CutOff() implements Next {
    }

    /** The service stops. */
    public record Ended() implements Next {
    }

    Subscription(CompactHub hub, Predicate<CompactEvent> wanted, Cursor now, boolean gap, List<CompactEvent> missed) {
        this.hub = hub;
        this.wanted = wanted;
        this.gap = gap;
        this.cursor = now;
        // An id that was passed on halfway must not claim what comes behind it.
        Cursor told = now;
        for (CompactEvent event : missed.reversed()) {
            waiting.addFirst(new Told(event, told));
            told = before(told, event);
        }
        room = missed.size() + MOST_WAITING;
    }

    private static Cursor before(Cursor cursor, CompactEvent event) {
        Map<Integer, Long> offsets = new TreeMap<>(cursor.offsets());
        offsets.put(event.partition(), event.offset() - 1);
        return new Cursor(offsets);
    }

    /** Whether events are not known any more for which the subscriber came back. */
    public boolean gap() {
        return gap;
    }

    /** With this a subscriber can come back before it was told anything. */
    public synchronized Cursor cursor() {
        return waiting.isEmpty() ? cursor : first();
    }

    private Cursor first() {
        return waiting.peekFirst() instanceof Told(CompactEvent event, Cursor after) ? before(after, event) : cursor;
    }

    /** Whether the subscriber is still told. */
    synchronized boolean offer(CompactEvent event, Cursor reached) {
        if (ended) {
            return false;
        }
        cursor = reached;
        if (!wanted.test(event)) {
            return true;
        }
        if (waiting.size() >= room) {
            waiting.clear();
            waiting.add(new CutOff());
            ended = true;
        } else {
            waiting.add(new Told(event, reached));
        }
        notifyAll();
        return !ended;
    }

    synchronized void end() {
        if (!ended) {
            waiting.add(new Ended());
            ended = true;
            notifyAll();
        }
    }

    /**
     * Takes what comes next.
     *
     * @return empty if nothing came in time
     */
    public synchronized Optional<Next> next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); waiting.isEmpty() && left > 0; left = deadline - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return Optional.ofNullable(waiting.poll());
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
        }
        hub.leave(this);
    }
}
