package io.mnemosyne.core.thread;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One partition of a topic: records in the order in which they were written, each with its transaction. */
final class Log<T> {
    private record Entry<T>(T value, Instant at, Transaction transaction) {
    }

    /**
     * A record that a reader may see.
     *
     * @param position of the record after it
     */
    record Found<T>(T value, Instant at, int position) {
    }

    private final List<Entry<T>> entries = new ArrayList<>();

    void append(T value, Instant at, Transaction transaction) {
        entries.add(new Entry<>(value, at, transaction));
    }

    /** The next committed record from a position on. Nobody reads past one that is still open. */
    Optional<Found<T>> next(int position) {
        int at = position;
        while (at < entries.size() && !entries.get(at).transaction().isOpen()) {
            Entry<T> entry = entries.get(at++);
            if (entry.transaction().isCommitted()) {
                return Optional.of(new Found<>(entry.value(), entry.at(), at));
            }
        }
        return Optional.empty();
    }

    /** Everything that a reader has seen or will see as of now. */
    List<T> committed() {
        List<T> values = new ArrayList<>();
        for (Optional<Found<T>> found = next(0); found.isPresent(); found = next(found.get().position())) {
            values.add(found.get().value());
        }
        return values;
    }
}
