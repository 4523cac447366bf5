package io.mnemosyne.core.thread;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.mnemosyne.core.ThreadKey;

/**
 * What a stage that reads two logs keeps: something of each thread, and how far it has read.
 *
 * @param <T> what is kept of one thread
 */
final class Kept<T> {
    private final Function<ThreadKey, T> fresh;
    private final UnaryOperator<T> copier;
    private final Map<ThreadKey, T> threads = new HashMap<>();
    private final int[] positions = new int[2];

    Kept(Function<ThreadKey, T> fresh, UnaryOperator<T> copier) {
        this.fresh = fresh;
        this.copier = copier;
    }

    Kept<T> copy() {
        Kept<T> copy = new Kept<>(fresh, copier);
        threads.forEach((key, thread) -> copy.threads.put(key, copier.apply(thread)));
        System.arraycopy(positions, 0, copy.positions, 0, positions.length);
        return copy;
    }

    T of(ThreadKey key) {
        return threads.computeIfAbsent(key, fresh);
    }

    Collection<T> threads() {
        return threads.values();
    }

    /** Reads the next record of a log; false if there is none. */
    <R> boolean read(int input, Log<R> log, Consumer<Log.Found<R>> reader) {
        Optional<Log.Found<R>> next = log.next(positions[input]);
        next.ifPresent(found -> {
            positions[input] = found.position();
            reader.accept(found);
        });
        return next.isPresent();
    }
}
