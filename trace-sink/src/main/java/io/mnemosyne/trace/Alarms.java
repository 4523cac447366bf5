package io.mnemosyne.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is to be looked at again at a time, by {@code time|what}, so that finding what is due reads nothing else. Belongs to
 * one task and is called by its thread alone.
 */
final class Alarms {
    private static final String SEPARATOR = "|";
    private static final int TIME_DIGITS = 19;

    private final KeyValueStore<String, String> rows;
    /** Before it there is nothing; spares the store to pass over what was deleted there. */
    private long empty;

    Alarms(KeyValueStore<String, String> rows) {
        this.rows = rows;
    }

    void set(Instant at, String what) {
        empty = Math.min(empty, at.toEpochMilli());
        rows.put(time(at.toEpochMilli()) + SEPARATOR + what, "");
    }

    /** Removes and returns what is due at a time in epoch milliseconds, oldest first, at most a number. */
    List<String> take(long now, int most) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, String> due = rows.range(time(empty), time(now + 1))) {
            while (keys.size() < most && due.hasNext()) {
                keys.add(due.next().key);
            }
        }
        if (keys.size() < most) {
            empty = now;
        }
        keys.forEach(rows::delete);
        return keys.stream().map(key -> key.substring(TIME_DIGITS + SEPARATOR.length())).toList();
    }

    private static String time(long millis) {
        return String.format(Locale.ROOT, "%0" + TIME_DIGITS + "d", millis);
    }
}
