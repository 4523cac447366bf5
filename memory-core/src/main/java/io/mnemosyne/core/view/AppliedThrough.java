package io.mnemosyne.core.view;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import io.mnemosyne.core.Position;

/**
 * How far the raw records of a thread have been applied, so that a writer can wait to read its own writes. Moves with
 * every record, also with one that added nothing.
 *
 * @param offsets highest offset applied, by {@code topic-partition}; a record that was sent to a wrong partition gives a
 *            thread a second partition
 */
public record AppliedThrough(Map<String, Long> offsets) {
    public static final AppliedThrough NOTHING = new AppliedThrough(Map.of());

    public AppliedThrough {
        offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
    }

    public AppliedThrough and(Position position) {
        Map<String, Long> next = new TreeMap<>(offsets);
        next.merge(key(position), position.offset(), Math::max);
        return new AppliedThrough(next);
    }

    /** Whether the record at a position, or a later one of its partition, has been applied. */
    public boolean reached(Position position) {
        return offsets.getOrDefault(key(position), -1L) >= position.offset();
    }

    private static String key(Position position) {
        return position.topic() + "-" + position.partition();
    }
}
