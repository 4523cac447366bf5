package io.mnemosyne.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.Known;

/** Facts about threads as rows {@code thread|kind|name}. */
final class KnownRows {
    /** Not in the character set of thread names, so that no thread's rows are a prefix of another's. */
    private static final String SEPARATOR = "|";

    private final KeyValueStore<String, String> rows;

    KnownRows(KeyValueStore<String, String> rows) {
        this.rows = rows;
    }

    Known of(ThreadKey thread) {
        return (kind, name) -> Optional.ofNullable(rows.get(row(thread, kind, name)));
    }

    void remember(ThreadKey thread, Known.Kind kind, String name, String value) {
        rows.put(row(thread, kind, name), value);
    }

    void forget(ThreadKey thread) {
        List<String> found = new ArrayList<>();
        try (KeyValueIterator<String, String> all = rows.prefixScan(thread + SEPARATOR, new StringSerializer())) {
            all.forEachRemaining(row -> found.add(row.key));
        }
        found.forEach(rows::delete);
    }

    private static String row(ThreadKey thread, Known.Kind kind, String name) {
        return thread + SEPARATOR + kind + SEPARATOR + name;
    }
}
