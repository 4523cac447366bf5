package io.mnemosyne.index;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.common.TopicPartition;

/** Groups as a test sets them. */
final class KnownGroups implements Groups {
    static final TopicPartition TURNS = new TopicPartition("turns", 0);

    final Map<String, Long> committed = new ConcurrentHashMap<>();
    /** Groups that still have members. */
    final Set<String> inUse = ConcurrentHashMap.newKeySet();
    volatile long end;

    @Override
    public Map<TopicPartition, Long> committed(String group) {
        return committed.containsKey(group) ? Map.of(TURNS, committed.getOrDefault(group, 0L)) : Map.of();
    }

    @Override
    public Map<TopicPartition, Long> ends(List<String> topics) {
        return end == 0 ? Map.of() : Map.of(TURNS, end);
    }

    @Override
    public boolean delete(String group) {
        if (inUse.contains(group)) {
            return false;
        }
        committed.remove(group);
        return true;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
