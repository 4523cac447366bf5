package io.mnemosyne.schemas.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import io.mnemosyne.core.ThreadKey;

/**
 * Remembers which rows a topology wrote for a thread, so that deleting the thread can put a tombstone on each of them.
 * Kept in a store of the topology, and so in the transaction that writes the rows.
 */
public final class RowLedger {
    /** Not in the character set of names, so that no thread's rows are a prefix of another's. */
    private static final String SEPARATOR = "|";
    private static final byte[] WRITTEN = {1};

    private final KeyValueStore<String, byte[]> rows;

    /**
     * A ledger over a store.
     *
     * @param rows made by {@link #store}
     */
    public RowLedger(KeyValueStore<String, byte[]> rows) {
        this.rows = rows;
    }

    /** The store that a topology has to add for its ledger. */
    public static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores
                .keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    /**
     * Notes a row; noting it again changes nothing.
     *
     * @param sink where the row went: the name of a topic or of the topology's sink, as {@link #erase} shall report it
     * @param key the record key of the row
     */
    public void wrote(ThreadKey thread, String sink, String key) {
        rows.put(thread + SEPARATOR + sink + SEPARATOR + key, WRITTEN);
    }

    /** Reports every noted row of the thread once as (sink, key), ordered by both, and forgets it. */
    public void erase(ThreadKey thread, BiConsumer<String, String> tombstone) {
        String prefix = thread + SEPARATOR;
        for (String row : keysUnder(prefix)) {
            int end = row.indexOf(SEPARATOR, prefix.length());
            tombstone.accept(row.substring(prefix.length(), end), row.substring(end + 1));
            rows.delete(row);
        }
    }

    private List<String> keysUnder(String prefix) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> found = rows.prefixScan(prefix, new StringSerializer())) {
            while (found.hasNext()) {
                KeyValue<String, byte[]> row = found.next();
                keys.add(row.key);
            }
        }
        return keys;
    }
}
