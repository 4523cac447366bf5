package io.mnemosyne.inference.embeddings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The vectors used last, by the hash of their text. */
final class EmbeddingCache {
    private final Map<String, Embedding> entries;

    EmbeddingCache(int capacity) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Embedding> eldest) {
                return size() > capacity;
            }
        };
    }

    /** Computes outside of the lock: two threads may compute the same vector, none waits for another's. */
    Embedding get(String hash, Supplier<Embedding> compute) {
        Optional<Embedding> known = find(hash);
        return known.orElseGet(() -> keep(hash, compute.get()));
    }

    private synchronized Optional<Embedding> find(String hash) {
        return Optional.ofNullable(entries.get(hash));
    }

    private synchronized Embedding keep(String hash, Embedding embedding) {
        entries.put(hash, embedding);
        return embedding;
    }
}
