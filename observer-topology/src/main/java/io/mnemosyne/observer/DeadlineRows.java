package io.mnemosyne.observer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.observe.Deadline;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.ObserverState;

/** Deadlines in order of time, so that those passed are found without looking at any other. */
final class DeadlineRows {
    private final KeyValueStore<String, ObservationResult> rows;

    DeadlineRows(KeyValueStore<String, ObservationResult> rows) {
        this.rows = rows;
    }

    /** Replaces what the thread waited for by what it waits for now. */
    void move(ObserverState before, ObserverState after, Policy policy) {
        Set<Deadline> old = new HashSet<>(Deadline.of(before, policy));
        Set<Deadline> current = new HashSet<>(Deadline.of(after, policy));
        old.stream().filter(deadline -> !current.contains(deadline)).forEach(deadline -> rows.delete(key(deadline)));
        current.stream().filter(deadline -> !old.contains(deadline))
                .forEach(deadline -> rows.put(key(deadline), deadline.result()));
    }

    /** Takes out every deadline before {@code now}, in milliseconds since 1970. */
    void takePassed(long now, Consumer<ObservationResult> sink) {
        List<KeyValue<String, ObservationResult>> passed = new ArrayList<>();
        try (KeyValueIterator<String, ObservationResult> found = rows.range(null, time(now))) {
            found.forEachRemaining(passed::add);
        }
        for (KeyValue<String, ObservationResult> row : passed) {
            rows.delete(row.key);
            sink.accept(row.value);
        }
    }

    private static String key(Deadline deadline) {
        return time(deadline.at().toEpochMilli()) + "|" + deadline.result().thread() + "|"
                + deadline.result().requestId();
    }

    private static String time(long millis) {
        return String.format(Locale.ROOT, "%019d", millis);
    }
}
