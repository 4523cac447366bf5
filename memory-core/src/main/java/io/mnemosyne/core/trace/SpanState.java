package io.mnemosyne.core.trace;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one span id in a trace.
 *
 * @param open what was heard and has not been sent
 * @param needed the stretch of time of the steps below it, while it is only known from them
 */
public record SpanState(SpanId id, Optional<SpanPart> open, Mark mark, Optional<Stretch> needed) {

    /** What left under this id. */
    public enum Mark {
        NOTHING,
        /** The step itself. */
        SENT,
        /** A placeholder, since its children had waited long enough. */
        PLACEHOLDER,
        /** A placeholder, and later the step, below it. */
        BOTH
    }

    /** From the first start to the last end of the children. */
    public record Stretch(Instant from, Instant to, Optional<String> thread) {
        Stretch and(Stretch other) {
            return new Stretch(from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to,
                    thread.or(other::thread));
        }
    }

    public static SpanState fresh(SpanId id) {
        return new SpanState(id, Optional.empty(), Mark.NOTHING, Optional.empty());
    }

    boolean sent() {
        return mark == Mark.SENT || mark == Mark.BOTH;
    }

    /** Whether nothing at all was heard of it, and no placeholder stands for it. */
    boolean missing() {
        return mark == Mark.NOTHING && open.isEmpty();
    }

    SpanState holding(SpanPart part) {
        return new SpanState(id, Optional.of(part), mark, Optional.empty());
    }

    SpanState gone() {
        return new SpanState(id, Optional.empty(), mark == Mark.PLACEHOLDER ? Mark.BOTH : Mark.SENT, Optional.empty());
    }

    SpanState standIn() {
        return new SpanState(id, open, Mark.PLACEHOLDER, Optional.empty());
    }

    SpanState needing(Stretch children) {
        return new SpanState(id, open, mark, Optional.of(needed.map(children::and).orElse(children)));
    }

    SpanState needingNothing() {
        return new SpanState(id, open, mark, Optional.empty());
    }
}
