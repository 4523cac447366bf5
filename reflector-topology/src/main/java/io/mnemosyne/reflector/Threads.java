package io.mnemosyne.reflector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.reflect.RequestHeader;

/**
 * The states of threads. The project state is kept apart from the rest, so that a thread's head stays small; the leases
 * of requests are kept by time, so that finding the expired ones reads no others.
 */
record Threads(KeyValueStore<String, ReflectorState> heads, KeyValueStore<String, ProjectState> projects,
        KeyValueStore<String, Lease> deadlines) {

    static Threads of(ProcessorContext<?, ?> context) {
        return new Threads(context.getStateStore(ReflectorTopology.THREADS),
                context.getStateStore(ReflectorTopology.PROJECTS), context.getStateStore(ReflectorTopology.DEADLINES));
    }

    ReflectorState load(ThreadKey thread) {
        ReflectorState head = Optional.ofNullable(heads.get(thread.toString()))
                .orElseGet(() -> ReflectorState.fresh(thread, 0));
        return Optional.ofNullable(projects.get(thread.toString())).map(head::withProject).orElse(head);
    }

    void store(ReflectorState before, ReflectorState after) {
        String key = after.thread().toString();
        heads.put(key, after.withProject(ProjectState.EMPTY));
        if (!after.project().equals(before.project())) {
            projects.put(key, after.project());
        }
        if (!after.inFlight().equals(before.inFlight())) {
            before.inFlight().ifPresent(header -> deadlines.delete(deadline(before, header)));
            after.inFlight()
                    .ifPresent(header -> deadlines.put(deadline(after, header), new Lease(after.thread(),
                            after.incarnation(), header.requestId(), header.attempt())));
        }
    }

    /** Removes and returns the leases that ended at or before a time in epoch milliseconds, oldest first. */
    List<Lease> takeExpired(long now) {
        List<Lease> expired = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, Lease> due = deadlines.range(time(0), time(now + 1))) {
            while (due.hasNext()) {
                KeyValue<String, Lease> row = due.next();
                keys.add(row.key);
                expired.add(row.value);
            }
        }
        keys.forEach(deadlines::delete);
        return expired;
    }

    private static String deadline(ReflectorState state, RequestHeader header) {
        return time(header.leaseUntil().toEpochMilli()) + "|" + state.thread();
    }

    private static String time(long millis) {
        return String.format(Locale.ROOT, "%019d", millis);
    }
}
