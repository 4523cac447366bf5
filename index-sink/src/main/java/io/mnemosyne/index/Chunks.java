package io.mnemosyne.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts changes into runs that may be sent at once. Items of one request are retried one by one, so a run names each
 * document once: what is retried can never overtake what came later. Changes by query stand alone.
 */
final class Chunks {
    private final int maxEntries;
    private final long maxBytes;
    private final List<List<Entry>> done = new ArrayList<>();
    private List<Entry> open = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
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
        long weight = entry.weight();
        if (ids.contains(id) || open.size() == maxEntries || bytes + weight > maxBytes) {
            cut();
        }
        ids.add(id);
        open.add(entry);
        bytes += weight;
    }

    private void cut() {
        if (!open.isEmpty()) {
            done.add(List.copyOf(open));
        }
        open = new ArrayList<>();
        ids.clear();
        bytes = 0;
    }
}
