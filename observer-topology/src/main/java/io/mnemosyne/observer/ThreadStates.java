package io.mnemosyne.observer;

import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.observe.ObserverState.Chunks;

/** The states of threads in two stores, so that a turn rewrites the small head and not what was observed. */
final class ThreadStates {
    private final KeyValueStore<String, ObserverState> heads;
    private final KeyValueStore<String, Chunks> chunks;

    ThreadStates(KeyValueStore<String, ObserverState> heads, KeyValueStore<String, Chunks> chunks) {
        this.heads = heads;
        this.chunks = chunks;
    }

    ObserverState load(ThreadKey thread) {
        @Nullable
        ObserverState head = heads.get(thread.toString());
        @Nullable
        Chunks observed = chunks.get(thread.toString());
        return head == null
                ? ObserverState.fresh(thread, 0)
                : head.withChunks(observed == null ? Chunks.NONE : observed);
    }

    void store(ObserverState before, ObserverState after) {
        String key = after.thread().toString();
        heads.put(key, after.withChunks(Chunks.NONE));
        if (!after.chunks().equals(before.chunks())) {
            chunks.put(key, after.chunks());
        }
    }
}
