package io.mnemosyne.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts changes into runs that may be sent at once. Items of one request are retried one by one, so a run names each
 * document once: what is retried can never overtake what came later. What sets fields of a document that the run names
 * already is joined with it: neighbouring turns share windows. Changes by query stand alone.
 */
final class Chunks {
    private final int maxEntries;
    private final long maxBytes;
    private final List<List<Entry>> done = new ArrayList<>();
    private List<Entry> open = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private long bytes;

    private Chunks(int maxEntries, long maxBytes) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    static List<List<Entry>> of(List<Entry> entries, int maxEntries, long maxBytes) {
        Chunks chunks = new Chunks(maxEntries, maxBytes);
        entries.forEach(chunks::add);
        chunks.cut();
        return chunks.done;
    }

    private void add(Entry entry) {
        switch (entry.change()) {
            case Change.Merge merge -> add(merge.id(), entry);
            case Change.Remove remove -> add(remove.id(), entry);
            case Change.ByQuery _ -> {
                cut();
                done.add(List.of(entry));
            }
        }
    }

    private void add(String id, Entry entry) {
        if (joins(id, entry)) {
            return;
        }
        if (places.containsKey(id) || open.size() == maxEntries || bytes + entry.weight() > maxBytes) {
            cut();
        }
        places.put(id, open.size());
        open.add(entry);
        bytes += entry.weight();
    }

    private boolean joins(String id, Entry entry) {
        Integer place = places.get(id);
        if (place == null || bytes + entry.weight() > maxBytes) {
            return false;
        }
        Optional<Entry> joined = open.get(place).join(entry);
        joined.ifPresent(both -> {
            open.set(place, both);
            bytes += entry.weight();
        });
        return joined.isPresent();
    }

    private void cut() {
        if (!open.isEmpty()) {
            done.add(List.copyOf(open));
        }
        open = new ArrayList<>();
        places.clear();
        bytes = 0;
    }
}
