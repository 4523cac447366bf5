package io.mnemosyne.context;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.view.ViewState;

/**
 * The heads of threads. The head of a long thread is tens of kilobytes and its turns come one after the other, so the
 * newest heads are kept as they are, not only as bytes. That is safe as long as nobody else writes to the store and a
 * task that starts anew, after a rollback for example, makes new heads.
 */
final class Heads {
    private static final int NEWEST = 32;

    private final KeyValueStore<String, ViewState> store;
    private final Map<ThreadKey, ViewState> newest = new LinkedHashMap<>(NEWEST, 0.75F, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ThreadKey, ViewState> eldest) {
            return size() > NEWEST;
        }
    };

    Heads(KeyValueStore<String, ViewState> store) {
        this.store = store;
    }

    ViewState of(ThreadKey thread) {
        ViewState known = newest.get(thread);
        if (known != null) {
            return known;
        }
        ViewState stored = store.get(thread.toString());
        return stored == null ? ViewState.EMPTY : stored;
    }

    void keep(ThreadKey thread, ViewState head) {
        store.put(thread.toString(), head);
        newest.put(thread, head);
    }
}
