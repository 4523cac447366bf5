package io.mnemosyne.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanState.Mark;

/**
 * Which span ids have left, for 24 to 36 hours, by {@code half day|tenant/trace|span}: what is old lies together and can
 * be dropped without a time for each row. Belongs to one task and is called by its thread alone.
 */
final class Marks {
    private static final long BUCKET_MILLIS = Duration.ofHours(12).toMillis();
    private static final int KEPT = 2;

    private final KeyValueStore<String, Mark> rows;
    /** Before it there is nothing; spares the store to pass over what was deleted there. */
    private String empty = name(0);

    Marks(KeyValueStore<String, Mark> rows) {
        this.rows = rows;
    }

    Mark of(String trace, SpanId span, Instant now) {
        long bucket = bucket(now.toEpochMilli());
        for (long in = bucket; in >= bucket - KEPT; in--) {
            Mark found = rows.get(key(in, trace, span));
            if (found != null) {
                return found;
            }
        }
        return Mark.NOTHING;
    }

    void put(String trace, SpanId span, Mark mark, Instant now) {
        rows.put(key(bucket(now.toEpochMilli()), trace, span), mark);
    }

    /** Drops what is too old, at most a number. */
    void drop(long now, int most) {
        String end = name(bucket(now) - KEPT);
        if (empty.compareTo(end) >= 0) {
            return;
        }
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, Mark> found = rows.range(empty, end)) {
            while (old.size() < most && found.hasNext()) {
                old.add(found.next().key);
            }
        }
        empty = old.size() < most ? end : old.getLast();
        old.forEach(rows::delete);
    }

    private static long bucket(long millis) {
        return millis / BUCKET_MILLIS;
    }

    private static String key(long bucket, String trace, SpanId span) {
        return name(bucket) + "|" + trace + "|" + span;
    }

    private static String name(long bucket) {
        return String.format(Locale.ROOT, "%010d", bucket);
    }
}
