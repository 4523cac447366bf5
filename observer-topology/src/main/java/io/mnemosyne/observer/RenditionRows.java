package io.mnemosyne.observer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;

/** The clipped turns that no observation has been made of yet. */
final class RenditionRows {
    private static final SeqRange ALL = new SeqRange(0, Long.MAX_VALUE);

    private final KeyValueStore<String, Rendition> rows;

    RenditionRows(KeyValueStore<String, Rendition> rows) {
        this.rows = rows;
    }

    void keep(ThreadKey thread, Rendition turn) {
        rows.put(key(thread, turn.seq()), turn);
    }

    List<Rendition> of(ThreadKey thread, SeqRange range) {
        return rows(thread, range).stream().map(row -> row.value).toList();
    }

    void forget(ThreadKey thread, SeqRange range) {
        rows(thread, range).forEach(row -> rows.delete(row.key));
    }

    void forgetAll(ThreadKey thread) {
        forget(thread, ALL);
    }

    private List<KeyValue<String, Rendition>> rows(ThreadKey thread, SeqRange range) {
        List<KeyValue<String, Rendition>> found = new ArrayList<>();
        try (KeyValueIterator<String, Rendition> iterator = rows.range(key(thread, range.from()),
                key(thread, range.to()))) {
            iterator.forEachRemaining(found::add);
        }
        return found;
    }

    private static String key(ThreadKey thread, long seq) {
        return String.format(Locale.ROOT, "%s|%019d", thread, seq);
    }
}
