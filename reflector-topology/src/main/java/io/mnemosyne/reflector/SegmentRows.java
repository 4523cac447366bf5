package io.mnemosyne.reflector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.Segment;
import io.mnemosyne.core.ThreadKey;

/** The live segments of threads in full, one row each. */
record SegmentRows(KeyValueStore<String, Segment> rows) {

    void put(ThreadKey thread, Segment segment) {
        rows.put(key(thread, segment.id()), segment);
    }

    void delete(ThreadKey thread, String id) {
        rows.delete(key(thread, id));
    }

    /** @throws IllegalStateException if one of the segments is not there, although the thread's head names it */
    Segment get(ThreadKey thread, String id) {
        return Optional.ofNullable(rows.get(key(thread, id)))
                .orElseThrow(() -> new IllegalStateException("segment " + id + " of " + thread
                        + " is named by the thread's head but has no row; wipe this stage's state directory so that it "
                        + "is restored from its changelogs"));
    }

    void deleteAll(ThreadKey thread) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, Segment> found = rows.prefixScan(key(thread, ""), new StringSerializer())) {
            found.forEachRemaining(row -> keys.add(row.key));
        }
        keys.forEach(rows::delete);
    }

    private static String key(ThreadKey thread, String id) {
        return thread + "|" + id;
    }
}
