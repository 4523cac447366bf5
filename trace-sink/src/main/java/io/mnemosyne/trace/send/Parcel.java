package io.mnemosyne.trace.send;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A record whose pieces are on their way. Thread-safe. */
final class Parcel {
    private final Source source;
    private final AtomicInteger open;
    private final AtomicBoolean refused = new AtomicBoolean();

    /** @param pieces that have to arrive before the record is done */
    Parcel(Source source, int pieces) {
        this.source = source;
        this.open = new AtomicInteger(pieces);
    }

    Source source() {
        return source;
    }

    /** A piece arrived or was given up; true if it was the last one. */
    boolean pieceDone() {
        return open.decrementAndGet() == 0;
    }

    /** More pieces have to arrive than it seemed. */
    void expect(int more) {
        open.addAndGet(more);
    }

    /** True for the first piece that is refused: a record has one dead letter, however many pieces it has. */
    boolean refuse() {
        return refused.compareAndSet(false, true);
    }
}
